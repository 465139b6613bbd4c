package dev.mooring.spring;

import dev.mooring.Database;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorVerdict;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Spring's own translation of a driver's exceptions, and where that knows nothing, as of SQLite, what the backend says of them.
 * Thread-safe.
 */
public final class BackendSqlExceptionTranslator implements SQLExceptionTranslator {

    private final Database database;
    private final SQLExceptionTranslator usual;

    /** Makes one for {@code database}. */
    public BackendSqlExceptionTranslator(Database database) {
        this.database = database;
        this.usual = new JdbcTemplate(database.dataSource()).getExceptionTranslator();
    }

    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException failure) {
        DataAccessException known = usual.translate(task, sql, failure);
        if (known != null && !(known instanceof UncategorizedSQLException)) {
            return known;
        }
        ErrorVerdict verdict = database.backend().errorClassifier().classify(failure);
        if (verdict.isLocked()) {
            return new CannotAcquireLockException(task + "; " + failure.getMessage(), failure);
        }
        DatabaseException kind = failure.getCause() instanceof DatabaseException ours ? ours : kind(verdict.kind());
        DataAccessException translated = kind == null ? null : DatabaseExceptionTranslator.translate(kind, failure);
        if (translated instanceof InvalidDataAccessResourceUsageException && sql != null) {
            return new BadSqlGrammarException(task, sql, failure);
        }
        return translated == null ? known : translated;
    }

    private static @Nullable DatabaseException kind(ErrorKind kind) {
        return kind == ErrorKind.DATABASE ? null : kind.exception("");
    }
}
