package dev.mooring.jdbc;

import dev.mooring.spi.SessionRules;
import dev.mooring.statement.SqlText;
import dev.mooring.wrapper.WrapperCore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Keeps a {@link JdbcConnection} from writing while it is read-only with autocommit on. For one thread at a time. */
final class JdbcAccess {

    private final WrapperCore core;
    private final JdbcSession session;
    private final JdbcTransaction transaction;

    /** Whether the session was told to refuse writes. */
    private boolean refusesWrites;

    JdbcAccess(WrapperCore core, JdbcSession session, JdbcTransaction transaction) {
        this.core = core;
        this.session = session;
        this.transaction = transaction;
    }

    /** Has the session refuse writes, or accept them again, before a statement: with autocommit on no transaction does. */
    void ensure(SqlText text) throws SQLException {
        boolean wanted = transaction.isReadOnlyAutocommit();
        SessionRules rules = core.context().backend().sessionRules();
        Optional<String> sql = wanted || refusesWrites ? rules.readOnly(wanted) : Optional.empty();
        // Rules that take everything for writing know nothing of it.
        if (wanted && sql.isEmpty() && text.mayWrite() && !rules.mayWrite("SELECT 1")) {
            throw new SQLException(
                    "Could not run a statement that may write on database '%s': the connection is read-only; call setReadOnly(false)"
                            .formatted(core.alias()),
                    JdbcErrors.READ_ONLY);
        }
        if (wanted == refusesWrites) {
            return;
        }
        if (sql.isPresent()) {
            Connection target = session.driver();
            session.changed(true);
            session.watched(sql.get(), () -> {
                try (Statement statement = target.createStatement()) {
                    return statement.execute(sql.get());
                }
            });
        }
        refusesWrites = wanted;
        core.state().setReadOnlySession(wanted && sql.isPresent());
    }

    /** The connection is closed, and its session reset. */
    void end() {
        if (refusesWrites) {
            core.state().setReadOnlySession(false);
        }
    }
}
