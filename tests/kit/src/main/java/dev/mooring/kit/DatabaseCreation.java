package dev.mooring.kit;

import dev.mooring.config.DatabaseSettings;

/**
 * Creates, copies and drops the test databases of one alias: what Django's {@code creation} module does. There is one for
 * PostgreSQL, one for MariaDB and one for SQLite; the author of another backend writes it and hands it to
 * {@link TestDatabase.Builder#creation}. Called from any thread, by several at once from {@link #copy} on.
 */
public interface DatabaseCreation extends AutoCloseable {

    /** {@return the name that the test database gets if none was chosen: {@code test_} and the configured one} */
    String defaultName();

    /**
     * Creates an empty database. What an earlier test run left there is dropped; anything else of that name is refused.
     *
     * @param keep whether one that is there is to be used as it is
     * @return its settings: those configured, with another name
     * @throws IllegalStateException if the name is taken; the message says by what, and the way out
     */
    DatabaseSettings create(String name, boolean keep);

    /** {@return whether databases can be copied} If not, each is created and migrated by itself. */
    default boolean canCopy() {
        return true;
    }

    /**
     * Copies {@code original}, to which nobody is connected.
     *
     * @return the settings of the copy
     */
    DatabaseSettings copy(DatabaseSettings original, String name);

    /** Drops a database, to which nobody is connected. */
    void drop(DatabaseSettings database);

    /** Gives back what was held for all of them. */
    @Override
    default void close() {}
}
