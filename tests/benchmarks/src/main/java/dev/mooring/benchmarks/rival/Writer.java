package dev.mooring.benchmarks.rival;

import java.sql.SQLException;
import java.util.concurrent.Callable;

/** A way to insert one row into SQLite in a transaction of its own. Thread-safe. */
public interface Writer extends AutoCloseable {

    /** Begins, inserts, does {@code inside} while it has the write lock, and commits. */
    void write(Callable<Void> inside) throws Exception;

    /** {@return the level of {@code PRAGMA synchronous} that is in force, as SQLite counts it} */
    int synchronous() throws Exception;

    @Override
    void close();

    /** {@return whether {@code failure} is SQLite saying that somebody else has the lock} */
    static boolean isBusy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (sql.getErrorCode() & 0xff) == 5) {
                return true;
            }
        }
        return false;
    }
}
