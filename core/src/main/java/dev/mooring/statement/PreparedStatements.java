package dev.mooring.statement;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.ErrorKind;
import dev.mooring.pool.PooledConnection;
import dev.mooring.spi.Backend;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prepares, binds and reads: what each statement takes on a connection that somebody else leased. Thread-safe. */
public final class PreparedStatements {

    private final String alias;
    private final Backend backend;
    private final SqlTexts texts;
    private final int cacheSize;

    public PreparedStatements(String alias, Backend backend) {
        this.alias = alias;
        this.backend = backend;
        this.texts = new SqlTexts(alias, backend);
        this.cacheSize = backend.connector().statementCacheSize();
    }

    /** {@return {@code parameters}, which the caller gave} Null is a mistake: of the array, or of a NULL to be bound. */
    public static @Nullable Object[] given(@Nullable Object @Nullable [] parameters) {
        if (parameters == null) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The array of parameters is null: leave it out if the statement has none, "
                            + "and write (Object) null to bind one NULL");
        }
        return parameters;
    }

    /** {@return whether {@code text} takes a list behind IN, or was given a list, so that it has to be {@link #expand}ed} */
    public static boolean hasLists(SqlText text, @Nullable Object @Nullable [] parameters) {
        return parameters != null && (text.takesList() || InLists.isAmong(parameters));
    }

    /** {@return the statement, which reads as {@code text}, with its lists behind IN as the database takes them} */
    public InLists.Statement expand(String sql, SqlText text, @Nullable Object[] parameters) {
        return InLists.expand(sql, parameters, backend.dialect(), alias, text.takesList());
    }

    public SqlText parse(InLists.Statement expanded) {
        return parse(expanded.sql(), expanded.array());
    }

    /** {@return how the driver is to see {@code sql}} With null for no parameters, a percent sign is itself. */
    public SqlText parse(String sql, @Nullable Object @Nullable [] parameters) {
        requireNonNull(sql, "The text of the statement must not be null");
        SqlText text = texts.parse(sql, parameters != null);
        if (text.names().isEmpty()) {
            requireCount(text, parameters == null ? 0 : parameters.length, sql);
        } else {
            requireValues(text, parameters, sql);
        }
        if (text.parameters() > backend.dialect().maxParameters()) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The statement takes %d parameters, but a statement on database '%s' can have at most %d; divide it into several"
                            .formatted(
                                    text.parameters(), alias, backend.dialect().maxParameters()));
        }
        return text;
    }

    private void requireCount(SqlText text, int given, String sql) {
        if (text.parameters() != given) {
            String wayOut = text.parameters() == 0
                    ? "write %s in the text for each parameter, or %(name)s with one Map of them"
                    : "give one value for each %s";
            throw ErrorKind.PROGRAMMING.exception(
                    "The statement takes %s but was given %d: %s; statement on database '%s': %s"
                            .formatted(
                                    text.parameters() == 1 ? "1 parameter" : text.parameters() + " parameters",
                                    given,
                                    wayOut,
                                    alias,
                                    ErrorTranslator.shortened(sql)));
        }
    }

    private void requireValues(SqlText text, @Nullable Object @Nullable [] parameters, String sql) {
        if (parameters == null || parameters.length != 1 || !(parameters[0] instanceof Map<?, ?> values)) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The statement has named parameters and takes one Map of them; statement on database '%s': %s"
                            .formatted(alias, ErrorTranslator.shortened(sql)));
        }
        for (String name : text.names()) {
            if (!values.containsKey(name)) {
                throw ErrorKind.PROGRAMMING.exception(
                        "The parameter '%s' has no value in the Map that was given; statement on database '%s': %s"
                                .formatted(name, alias, ErrorTranslator.shortened(sql)));
            }
        }
    }

    /** {@return what a statement does to the session and the data that goes to the driver as it is} */
    public SqlText parseForDriver(String sql) {
        return texts.parseForDriver(sql);
    }

    /** {@return the statement, prepared on {@code held}, or one that was kept} It must be released, or evicted if it failed. */
    public CachedStatement take(PooledConnection pooled, SqlText text) throws SQLException {
        return cacheSize == 0
                ? new CachedStatement(text, pooled.connection().prepareStatement(text.sql()))
                : cache(pooled).take(pooled.connection(), text);
    }

    /** Ends what {@code statement} did, and keeps it for the next time or closes it. */
    public void release(PooledConnection pooled, CachedStatement statement) throws SQLException {
        if (cacheSize == 0) {
            statement.jdbc().close();
            return;
        }
        try {
            statement.closeRows();
            cache(pooled).release(statement);
        } catch (SQLException | RuntimeException | Error e) {
            cache(pooled).evict(statement, e);
            throw e;
        }
    }

    /** Closes {@code statement}, which failed. */
    public void evict(PooledConnection pooled, CachedStatement statement, Throwable because) {
        if (cacheSize == 0) {
            Failures.closeQuietly(statement.jdbc(), because);
        } else {
            cache(pooled).evict(statement, because);
        }
    }

    private StatementCache cache(PooledConnection pooled) {
        if (pooled.attachment() instanceof StatementCache known) {
            return known;
        }
        StatementCache made = new StatementCache(cacheSize);
        pooled.attach(made);
        return made;
    }

    public void bind(CachedStatement statement, @Nullable Object[] parameters) throws SQLException {
        if (statement.text().names().isEmpty()) {
            for (int i = 0; i < parameters.length; i++) {
                statement.bind(backend.valueCodec(), i + 1, parameters[i]);
            }
        } else {
            bindNamed(statement, parameters);
        }
    }

    public <R> List<R> readAll(CachedStatement statement, RowMapper<R> mapper) throws SQLException {
        ResultSet rows = statement.rows();
        Columns columns = columns(statement);
        List<R> read = new ArrayList<>();
        while (rows.next()) {
            read.add(mapper.map(columns, columns.read(rows)));
        }
        return read;
    }

    /** {@return the columns of the rows that {@code statement} has} */
    public Columns columns(CachedStatement statement) throws SQLException {
        return statement.columns(backend.valueCodec());
    }

    private void bindNamed(CachedStatement statement, @Nullable Object[] parameters) throws SQLException {
        Map<?, ?> values = (Map<?, ?>) requireNonNull(parameters[0]);
        List<String> names = statement.text().names();
        for (int i = 0; i < names.size(); i++) {
            statement.bind(backend.valueCodec(), i + 1, values.get(names.get(i)));
        }
    }

    /** What is done with a prepared statement. */
    public interface StatementCall<T> {
        T on(CachedStatement statement) throws SQLException;
    }
}
