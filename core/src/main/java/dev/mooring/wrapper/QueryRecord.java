package dev.mooring.wrapper;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the driver was given, whether it went well or not.
 *
 * @param alias the alias of the database
 * @param sql the statement as it was written
 * @param parameters its parameters, as far as they may be shown
 * @param times with how many lists of parameters it was run; negative if it is no {@code executeMany}
 * @param nanos how long the driver took
 */
public record QueryRecord(
        String alias, String sql, List<? extends @Nullable Object> parameters, int times, long nanos) {

    public boolean isMany() {
        return times >= 0;
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
