package dev.mooring.auth.sessions;

import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.auth.signing.SecretKeys;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** What tests of sessions share: a store in an empty database, and the time. */
abstract class SessionContract {

    static final SecretKeys KEYS = SecretKeys.of("test-secret-key");
    static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

    Instant now = START;
    final InstantSource clock = () -> now;
    SharedDatabase database;
    SessionStore store;

    final void open(Engine engine) {
        database = SharedDatabase.create(engine);
        store = SessionStore.builder(database.databases(), KEYS).clock(clock).build();
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    final Session saved() {
        Session session = store.create();
        session.put("a", 1);
        session.save();
        return session;
    }

    final long rows() {
        return database.databases()
                .query("SELECT count(*) AS n FROM django_session")
                .get(0)
                .getLong("n");
    }
}
