package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;

/** The database that a command works on, and what has to be taken down afterwards. */
interface Target extends AutoCloseable {

    /** The value of {@code --database} that stands for a SQLite file in a temporary directory. */
    String EMBEDDED_SQLITE = "embedded-sqlite";

    /** The value of {@code --database} that starts a PostgreSQL server. */
    String EMBEDDED_POSTGRES = "embedded-postgres";

    /** {@return what to connect with, for the default alias} */
    DatabaseSettings settings();

    /** {@return whether it was made for this run and goes away with it} */
    boolean isTemporary();

    /** {@return what the other side sees of the connections that carry {@code applicationName}} */
    ServerView watch(String applicationName);

    @Override
    void close();

    /**
     * {@return the target that {@code url} names}
     *
     * @throws dev.mooring.error.ImproperlyConfiguredException if it names none
     */
    static Target of(String url) {
        return switch (url) {
            case EMBEDDED_SQLITE -> EmbeddedSqlite.create();
            case EMBEDDED_POSTGRES -> EmbeddedServer.start();
            default -> GivenDatabase.of(url);
        };
    }
}
