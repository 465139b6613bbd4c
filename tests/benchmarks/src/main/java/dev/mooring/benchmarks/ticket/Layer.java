package dev.mooring.benchmarks.ticket;

/** A database layer that answers logins. */
interface Layer extends AutoCloseable {

    /**
     * Answers {@code requests} logins at once, each on a thread of its own.
     *
     * @return how many of them failed
     */
    int answer(int requests) throws Exception;

    @Override
    void close() throws Exception;
}
