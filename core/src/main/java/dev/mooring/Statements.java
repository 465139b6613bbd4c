package dev.mooring;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.pool.PooledConnection;
import dev.mooring.spi.Backend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prepares, binds and reads: what each statement takes on a connection that somebody else leased. Any thread. */
final class Statements {

    private final Backend backend;
    private final SqlTexts texts;

    Statements(Backend backend) {
        this.backend = backend;
        this.texts = new SqlTexts(backend);
    }

    /** {@return how the driver is to see {@code sql}} */
    SqlText read(String sql, @Nullable Object[] parameters) {
        SqlText text = texts.read(sql, parameters.length > 0);
        if (text.names().isEmpty() && text.parameters() != parameters.length) {
            throw ErrorKind.PROGRAMMING.exception("The statement takes %d parameters but was given %d; statement: %s"
                    .formatted(text.parameters(), parameters.length, sql));
        }
        if (text.parameters() > backend.dialect().maxParameters()) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The statement takes %d parameters, but a statement of this database can have %d at the most; divide it"
                            .formatted(text.parameters(), backend.dialect().maxParameters()));
        }
        return text;
    }

    /** {@return what a statement does to the session and the data that goes to the driver as it is} */
    SqlText readForDriver(String sql) {
        return texts.readForDriver(sql);
    }

    /** {@return what {@code call} makes of the statement, bound} The statement is kept for the next time if it went well. */
    <T> T run(PooledConnection held, SqlText text, @Nullable Object[] parameters, StatementCall<T> call)
            throws SQLException {
        held.calls().begin();
        try {
            return runUntimed(held, text, parameters, call);
        } finally {
            held.calls().end();
        }
    }

    private <T> T runUntimed(PooledConnection held, SqlText text, @Nullable Object[] parameters, StatementCall<T> call)
            throws SQLException {
        int most = backend.connector().statementCacheSize();
        if (most == 0) {
            try (PreparedStatement statement = prepare(held.connection(), text, 0, parameters)) {
                return call.on(new KeptStatement(text.sql(), statement));
            }
        }
        StatementCache cache = cache(held, most);
        KeptStatement statement = cache.take(held.connection(), text.sql());
        T result;
        try {
            bind(statement.jdbc(), text, parameters);
            result = call.on(statement);
        } catch (SQLException | RuntimeException | Error e) {
            cache.drop(statement, e);
            throw e;
        }
        cache.giveBack(statement, parameters);
        return result;
    }

    private static StatementCache cache(PooledConnection held, int most) {
        if (held.attachment() instanceof StatementCache known) {
            return known;
        }
        StatementCache made = new StatementCache(most);
        held.attach(made);
        return made;
    }

    /** {@return the statement, bound} Its rows come {@code fetchSize} at a time, or as the driver likes if that is 0. */
    PreparedStatement prepare(Connection connection, SqlText text, int fetchSize, @Nullable Object[] parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.sql());
        try {
            if (fetchSize > 0) {
                statement.setFetchSize(fetchSize);
            }
            bind(statement, text, parameters);
            return statement;
        } catch (SQLException | RuntimeException | Error e) {
            closeQuietly(statement, e);
            throw e;
        }
    }

    void bind(PreparedStatement statement, SqlText text, @Nullable Object[] parameters) throws SQLException {
        if (text.names().isEmpty()) {
            for (int i = 0; i < parameters.length; i++) {
                backend.valueCodec().bind(statement, i + 1, parameters[i]);
            }
        } else {
            bindNamed(statement, text, parameters);
        }
    }

    List<Row> readAll(KeptStatement statement, ResultSet rows) throws SQLException {
        Columns columns = statement.columns();
        if (columns == null) {
            columns = columns(rows);
            if (backend.valueCodec().readersAreKept() && columns.areNamedBy(statement.sql())) {
                statement.keep(columns);
            }
        }
        List<Row> read = new ArrayList<>();
        while (rows.next()) {
            read.add(columns.read(rows));
        }
        return read;
    }

    Columns columns(ResultSet rows) throws SQLException {
        return Columns.of(rows, backend.valueCodec());
    }

    private void bindNamed(PreparedStatement statement, SqlText text, @Nullable Object[] parameters)
            throws SQLException {
        if (parameters.length != 1 || !(parameters[0] instanceof Map<?, ?> values)) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The statement has named parameters and takes one Map of them; statement: " + text.sql());
        }
        for (int i = 0; i < text.names().size(); i++) {
            String name = text.names().get(i);
            if (!values.containsKey(name)) {
                throw missing(name, text);
            }
            backend.valueCodec().bind(statement, i + 1, values.get(name));
        }
    }

    private static DatabaseException missing(String name, SqlText text) {
        return ErrorKind.PROGRAMMING.exception(
                "The parameter '%s' has no value; statement: %s".formatted(name, text.sql()));
    }

    /** What is done with a prepared statement. */
    interface StatementCall<T> {
        T on(KeptStatement statement) throws SQLException;
    }

    static void closeQuietly(AutoCloseable resource, Throwable because) {
        try {
            resource.close();
        } catch (Exception e) {
            suppress(because, e);
        }
    }

    /** Hangs {@code further} on {@code first}; a driver may throw the same exception twice. */
    static void suppress(Throwable first, Throwable further) {
        if (first != further) {
            first.addSuppressed(further);
        }
    }
}
