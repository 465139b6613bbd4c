package dev.mooring;

import dev.mooring.ThreadWrappers.SetAside;
import dev.mooring.error.ErrorKind;

/**
 * What a thread has under way on a database, set aside by {@link Database#suspend()} until this is closed. For the thread that
 * suspended it.
 */
public final class Suspension implements AutoCloseable {

    private final String alias;
    private final ThreadWrappers thread;
    private final SetAside setAside;
    private final Thread owner = Thread.currentThread();

    Suspension(String alias, ThreadWrappers thread, SetAside setAside) {
        this.alias = alias;
        this.thread = thread;
        this.setAside = setAside;
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
                                    alias,
                                    owner.getName(),
                                    Thread.currentThread().getName()));
        }
        thread.resume(setAside);
    }
}
