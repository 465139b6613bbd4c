package dev.mooring.wrapper;

/** The connections of the {@code DataSource} that one thread has taken, as its wrapper sees them. Confined to that thread. */
public interface ViewConnections extends UnitParticipant {

    /** Throws if it cannot be told whether {@code attempt} is meant for the transaction of one of the connections. */
    void checkUnambiguous(String attempt);

    /** {@return whether the transaction by hand on the thread's own wrapper is that of one of the connections} */
    boolean isEndedByOneOfThese();

    /** Closes what was opened on the connection that is held, whose lease is about to end. */
    void closeUnderlying();
}
