package dev.mooring.migrations;

import java.time.Duration;

/** Hears how migrating goes on, in the thread that migrates. A migration that throws is not heard of again. */
public interface MigrationListener {

    /** {@return the listener that does nothing} */
    static MigrationListener none() {
        return new MigrationListener() {};
    }

    /** Another process migrates this database, or writes to it, and is waited for. Heard once in a while. */
    default void waiting() {}

    /** A migration begins. */
    default void applying(Migration migration) {}

    /** It is applied and recorded for good. */
    default void applied(Migration migration, Duration elapsed) {}

    /** A migration begins to be undone. */
    default void unapplying(Migration migration) {}

    /** It is undone, and recorded no more. */
    default void unapplied(Migration migration, Duration elapsed) {}

    /** A migration that began, either way, was recorded as done, and nothing else. */
    default void faked(Migration migration) {}
}
