package dev.mooring;

import dev.mooring.error.ErrorKind;

/**
 * What Django calls a request: the span between two boundaries, on one thread. Units on the same thread nest; the
 * outermost counts.
 *
 * <pre>{@code
 * try (UnitOfWork unit = databases.unitOfWork()) {
 *     handle(request);
 * }
 * }</pre>
 */
public final class UnitOfWork implements AutoCloseable {

    private final Runnable end;
    private final Thread thread = Thread.currentThread();
    private boolean open = true;

    /** @param end is made before the unit begins, since ending takes no memory */
    UnitOfWork(Runnable end) {
        this.end = end;
    }

    /**
     * Ends the unit: leases that lasted for it are given back, connections too old are closed, for each alias whatever
     * happened to the others. Does nothing the second time.
     *
     * @throws dev.mooring.error.InterfaceException if called on another thread than the one that began it
     */
    @Override
    public void close() {
        if (Thread.currentThread() != thread) {
            throw ErrorKind.INTERFACE.exception("A unit of work begun on thread '%s' was closed on thread '%s'"
                    .formatted(thread.getName(), Thread.currentThread().getName()));
        }
        if (open) {
            open = false;
            end.run();
        }
    }
}
