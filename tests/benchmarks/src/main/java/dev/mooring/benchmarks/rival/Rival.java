package dev.mooring.benchmarks.rival;

import java.sql.Connection;

/** A pool of connections as a benchmark sees it. Thread-safe. */
public interface Rival extends AutoCloseable {

    /** Leases a connection and gives it back. @return what was leased, so that no compiler leaves it out */
    Object cycle() throws Exception;

    /** Leases a connection, does {@code work} with it on this thread, and gives it back. */
    void hold(Work work) throws Exception;

    /** {@return how many threads wait for a connection now} */
    int waiting();

    /** {@return how many connections are open now} */
    int open();

    /** {@return how many connections are in use now} */
    int leased();

    @Override
    void close();

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work {
        /** Does it. */
        void with(Connection connection) throws Exception;
    }
}
