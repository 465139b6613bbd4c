package dev.mooring;

import dev.mooring.config.DatabaseSettings;
import java.util.List;

/**
 * What can be seen of a database without using a connection: what metrics and management are made of. {@link Database} is one.
 * Asking stops nobody and reaches no server, and costs nothing while nobody asks. Thread-safe.
 */
public interface DatabaseStatus {

    /** {@return the name of this database in the application} */
    String alias();

    /** {@return the settings} */
    DatabaseSettings settings();

    /** {@return what the connections were up to} */
    ConnectionCounts counts();

    /**
     * {@return the open connections, in the order in which they were opened} What runs as SQL text is seen here: values belong into
     * parameters.
     */
    List<ConnectionInfo> connections();

    /**
     * {@return who holds a connection now: a line for each, with the thread, since when, and the last statement} For
     * messages. With the setting {@code traceLeases}, where it was taken too.
     */
    List<String> holders();
}
