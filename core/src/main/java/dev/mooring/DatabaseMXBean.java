package dev.mooring;

import java.util.List;

/**
 * One database as JMX shows it; {@link ManagementBeans} registers it. The first five attributes have HikariCP's names. Reading them
 * stops nobody and asks no server. The figures are those of {@link ConnectionCounts}.
 */
public interface DatabaseMXBean {

    /** {@return connections in use} */
    int getActiveConnections();

    /** {@return connections that are open and not in use} */
    int getIdleConnections();

    /** {@return connections that are open} */
    int getTotalConnections();

    /** {@return threads that wait for a connection} */
    int getThreadsAwaitingConnection();

    /** {@return the setting {@code maxConnections}; -1 if that is unlimited} */
    int getMaximumPoolSize();

    /** {@return the most connections that were open at once} */
    int getPeakConnections();

    /** {@return connections opened since the start} */
    long getOpened();

    /** {@return connections closed since the start} */
    long getClosed();

    /** {@return how often a thread was handed a connection that had been open before} */
    long getReused();

    /** {@return connections taken back from threads that ended with them} */
    long getReclaimed();

    /** {@return how often a thread had to wait for a connection and got it} */
    long getWaits();

    /** {@return how long those waits took together, in milliseconds} */
    long getWaitTimeMillis();

    /** {@return how often a thread waited in vain} */
    long getTimeouts();

    /** {@return how often a connection could not be opened} */
    long getFailures();

    /** {@return who holds a connection now; see {@link Database#holders()}} */
    List<String> getHolders();
}
