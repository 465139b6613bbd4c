package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The connections of one application as the other side counts them, which no bug of ours can hide. */
interface ServerView extends AutoCloseable {

    /** {@return how many there are now; empty if that cannot be told} */
    OptionalInt connections();

    /** {@return what is counted, for a reader} */
    String unit();

    /** {@return how many connections it takes from the role that does the work; empty if there is no limit, or none is known} */
    default OptionalInt limit() {
        return OptionalInt.empty();
    }

    /** {@return a shell command with which a reader can count for himself; empty if none is known} */
    default Optional<String> command() {
        return Optional.empty();
    }

    @Override
    void close();

    /** {@return the view that suits the engine of {@code settings}} */
    static ServerView of(DatabaseSettings settings, String applicationName) {
        return switch (Engine.of(settings)) {
            case POSTGRESQL -> ServerSessions.ofPostgres(settings, applicationName);
            case MARIADB -> ServerSessions.ofMariadb(settings);
            case SQLITE -> new OpenDescriptors(Path.of(settings.name()));
            case OTHER -> new Unavailable();
        };
    }

    /** Of an engine that this demo does not know. */
    final class Unavailable implements ServerView {
        @Override
        public OptionalInt connections() {
            return OptionalInt.empty();
        }

        @Override
        public String unit() {
            return "connections as the server sees them";
        }

        @Override
        public void close() {}
    }
}
