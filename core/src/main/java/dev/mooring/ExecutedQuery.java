package dev.mooring;

import dev.mooring.wrapper.QueryRecord;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the driver was given, whether it went well or not: an entry of Django's {@code connection.queries}.
 * What begins and ends transactions is one too. Immutable.
 */
public final class ExecutedQuery {

    private final QueryRecord query;

    ExecutedQuery(QueryRecord query) {
        this.query = query;
    }

    /** {@return the alias of the database} */
    public String alias() {
        return query.alias();
    }

    /** {@return the statement as it was written, with {@code %s} for each parameter} */
    public String sql() {
        return query.sql();
    }

    /**
     * {@return the parameters, as the redactor left them} None without the setting {@code logParameters}, and none of an
     * {@code executeMany}.
     */
    public List<? extends @Nullable Object> parameters() {
        return query.parameters();
    }

    /** {@return whether it is an {@code executeMany}} */
    public boolean isMany() {
        return query.isMany();
    }

    /** {@return with how many lists of parameters it was run: one, unless it is an {@code executeMany}} */
    public int times() {
        return isMany() ? query.times() : 1;
    }

    /** {@return how long the driver took; waiting for a connection, or for a write lock on SQLite, is not in it} */
    public Duration duration() {
        return Duration.ofNanos(query.nanos());
    }

    /** {@return the statement, as Django writes it: preceded by how many times it was run if it is an executeMany} */
    public String text() {
        return query.text();
    }

    /** {@return the time in seconds and the statement, without its parameters} */
    @Override
    public String toString() {
        return query.toString();
    }
}
