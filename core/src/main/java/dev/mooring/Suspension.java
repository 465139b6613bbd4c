package dev.mooring;

import dev.mooring.error.ErrorKind;

/**
 * What a thread has under way on a database, set aside by {@link Database#suspend()} until this is closed. For the thread that
 * suspended it.
 */
public final class Suspension implements AutoCloseable {

    private final ThreadWrappers thread;
    private final Database database;
    private final Thread owner = Thread.currentThread();

    /** What the thread uses meanwhile: a wrapper of its own, in a unit of work of its own. */
    private final ThreadWrappers meanwhile = new ThreadWrappers();

    Suspension(ThreadWrappers thread, Database database) {
        this.thread = thread;
        this.database = database;
        meanwhile.beginUnit();
    }

    Database database() {
        return database;
    }

    /** {@return the wrapper that takes the place of the one that is set aside} */
    DatabaseWrapper wrapper() {
        return meanwhile.get(database);
    }

    /**
     * Resumes: the thread's calls belong again to what was set aside. What was left open meanwhile is ended as by the end of a
     * unit of work. Does nothing the second time.
     *
     * @throws dev.mooring.error.InterfaceException if called on another thread than the one that suspended
     */
    @Override
    public void close() {
        if (Thread.currentThread() != owner) {
            throw ErrorKind.INTERFACE.exception(
                    "The work on database '%s' that thread '%s' had suspended was resumed on thread '%s'"
                            .formatted(
                                    database.alias(),
                                    owner.getName(),
                                    Thread.currentThread().getName()));
        }
        if (thread.resume(this)) {
            end();
        }
    }

    /** Ends what was left open meanwhile. A thread keeps its connection for its own wrapper alone. */
    void end() {
        try {
            meanwhile.endUnit();
        } finally {
            DatabaseWrapper used = wrapper();
            if (used.driverConnection() != null) {
                used.close();
            }
        }
    }
}
