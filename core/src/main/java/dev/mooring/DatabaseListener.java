package dev.mooring;

/** Told of what happens to connections. Called on the thread to which it happens; a slow listener slows that thread. */
public interface DatabaseListener {

    /**
     * A connection was opened and initialised: Django's {@code connection_created}.
     *
     * <p>If this throws, the connection is closed and the error reaches whoever needed it.
     */
    default void connectionCreated(DatabaseWrapper wrapper) {}
}
