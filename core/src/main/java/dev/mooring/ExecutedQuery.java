package dev.mooring;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the driver was given, whether it went well or not: an entry of Django's {@code connection.queries}.
 * What begins and ends transactions is one too. Immutable.
 */
public final class ExecutedQuery {

    private final String alias;
    private final String sql;
    private final List<? extends @Nullable Object> parameters;
    private final int times;
    private final long nanos;

    ExecutedQuery(String alias, String sql, List<? extends @Nullable Object> parameters, int times, long nanos) {
        this.alias = alias;
        this.sql = sql;
        this.parameters = parameters;
        this.times = times;
        this.nanos = nanos;
    }

    /** {@return the alias of the database} */
    public String alias() {
        return alias;
    }

    /** {@return the statement as it was written, with {@code %s} for each parameter} */
    public String sql() {
        return sql;
    }

    /**
     * {@return the parameters, as the redactor left them} None without the setting {@code logParameters}, and none of an
     * {@code executeMany}.
     */
    public List<? extends @Nullable Object> parameters() {
        return parameters;
    }

    /** {@return whether it is an {@code executeMany}} */
    public boolean isMany() {
        return times >= 0;
    }

    /** {@return with how many lists of parameters it was run: one, unless it is an {@code executeMany}} */
    public int times() {
        return isMany() ? times : 1;
    }

    /** {@return how long the driver took; waiting for a connection, or for a write lock on SQLite, is not in it} */
    public Duration duration() {
        return Duration.ofNanos(nanos);
    }

    /** {@return the statement, as Django writes it: preceded by how many times it was run if it is an executeMany} */
    public String text() {
        return isMany() ? times + " times: " + sql : sql;
    }

    double seconds() {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }

    /** {@return the time in seconds and the statement, without its parameters} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "(%.3f) %s", seconds(), text());
    }
}
