package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.Lease;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.SchemaGenerator;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Keeps two processes from migrating one database at the same time. The second one asks again and again: a statement
 * that waited in the server would keep what the first one does without a transaction from ever ending there.
 */
final class MigrationLock {

    private static final Duration PACE = Duration.ofMillis(50);
    private static final int TELL_EVERY = 200;

    private final Database database;
    private final SchemaGenerator generator;
    private final MigrationListener listener;
    /** Whether the lock of the run is this session's. */
    private boolean lockHeld;

    MigrationLock(Database database, MigrationListener listener) {
        this.database = database;
        this.generator = database.backend().schemaGenerator();
        this.listener = listener;
    }

    /** Does {@code work} while the lock is held, where the database has one that outlasts a transaction. */
    void hold(Runnable work) {
        if (generator.tryLockMigrations().isEmpty()) {
            work.run();
            return;
        }
        try (Lease lease = database.get().hold()) {
            acquire();
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                releaseAfter(e);
                throw e;
            }
            release();
        }
    }

    /** {@return what {@code attempt} returns} It is made again if all that stops it is another process's lock. */
    boolean retryingWhileLocked(Attempt attempt) {
        Begun begun = new Begun();
        for (int tries = 0; ; tries++) {
            try {
                return attempt.run(begun);
            } catch (DatabaseException e) {
                if (begun.yes || !isLocked(e)) {
                    throw e;
                }
                pause(tries);
            }
        }
    }

    /**
     * Ends the session and goes on in another. The lock ends with the session; if another process takes it meanwhile, it is
     * waited for, and each migration is looked up again before it is run. A database in memory keeps its session.
     */
    void renewSession() {
        database.get().close();
        if (lockHeld) {
            acquire();
        }
    }

    /**
     * Brings the session to the state in which the migration found it, and keeps the lock: as long as the migration is not
     * recorded, another process would run it too. Where there is no lock to keep, ends the session.
     */
    void restoreSession() {
        if (lockHeld) {
            generator.restoreSession().forEach(database::execute);
        } else {
            database.get().close();
        }
    }

    private void acquire() {
        lockHeld = false;
        String query = generator.tryLockMigrations().orElseThrow();
        for (int tries = 0; !isTrue(query); tries++) {
            pause(tries);
        }
        lockHeld = true;
    }

    private void pause(int tries) {
        if (tries % TELL_EVERY == 0) {
            listener.waiting();
        }
        LockSupport.parkNanos(this, PACE.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw ErrorKind.OPERATIONAL.exception("Interrupted while another process migrates the database '"
                    + database.alias() + "' or writes to it; what was applied before stays");
        }
    }

    private boolean isTrue(String query) {
        Object answer = database.query(query).get(0).get(0);
        if (answer instanceof Boolean granted) {
            return granted;
        } else if (answer instanceof Number number && (number.longValue() == 0 || number.longValue() == 1)) {
            return number.longValue() == 1;
        }
        throw ErrorKind.PROGRAMMING.exception(
                ("The backend of database '%s' asks for the lock of migrations by a query that answers neither true nor"
                                + " false, nor 1 nor 0; correct its tryLockMigrations(): %s")
                        .formatted(database.alias(), query));
    }

    private boolean isLocked(DatabaseException e) {
        return e.getCause() instanceof SQLException driver
                && database.backend().errorClassifier().classify(driver).isLocked();
    }

    /** Ends the session, and the lock with it, after a failure that ends the run. */
    void endSession() {
        lockHeld = false;
        database.get().close();
    }

    private void release() {
        if (lockHeld) {
            lockHeld = false;
            generator.unlockMigrations().ifPresent(database::query);
        }
    }

    private void releaseAfter(Throwable failure) {
        try {
            release();
        } catch (RuntimeException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Something that can be tried again until it says that it has begun. */
    interface Attempt {
        boolean run(Begun begun);
    }

    /** Whether anything was done. */
    static final class Begun {
        private boolean yes;

        boolean with(BooleanSupplier work) {
            yes = true;
            return work.getAsBoolean();
        }
    }
}
