package dev.mooring.migrations;

/** Hears how migrating goes on, in the thread that migrates. A migration that throws is not heard of again. */
public interface MigrationListener {

    /** {@return the listener that does nothing} */
    static MigrationListener none() {
        return new MigrationListener() {};
    }

    /** A migration begins. */
    default void applying(Migration migration) {}

    /** It is applied and recorded for good. */
    default void applied(Migration migration) {}
}
