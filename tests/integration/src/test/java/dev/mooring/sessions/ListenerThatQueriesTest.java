package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A listener runs while the pool is at work, on the thread that it works for. */
@Tag("wrong-answers")
@Timeout(60)
class ListenerThatQueriesTest {

    @TempDir
    Path folder;

    private final List<Throwable> refused = new ArrayList<>();

    private Databases open(DatabaseListener listener) {
        return Databases.builder()
                .add(TestDatabases.sqlite(folder)
                        .connMaxAge(Duration.ZERO)
                        .maxConnections(1)
                        .acquireTimeout(Duration.ofHours(1))
                        .build())
                .listener(listener)
                .build();
    }

    @Test
    @DisplayName("A listener to closed connections that would wait for the one being closed is told at once")
    void doesNotWaitForItself() {
        Databases[] own = new Databases[1];
        own[0] = open(new DatabaseListener() {
            @Override
            public void connectionClosed(String alias, String reason) {
                try {
                    own[0].query("SELECT 1");
                } catch (LeaseTimeoutException e) {
                    refused.add(e);
                }
            }
        });
        try (Databases databases = own[0]) {
            assertThat(databases.query("SELECT 1")).hasSize(1);

            assertThat(refused)
                    .singleElement()
                    .satisfies(error -> assertThat(error)
                            .hasMessageContaining("A listener of database 'default'")
                            .hasMessageContaining("another thread"));
            assertThat(databases.query("SELECT 1")).hasSize(1);
        }
    }

    @Test
    @DisplayName("A listener to new connections can query through the database")
    void canQueryTheNewOne() {
        Databases[] own = new Databases[1];
        List<Integer> seen = new ArrayList<>();
        own[0] = open(new DatabaseListener() {
            @Override
            public void connectionCreated(DatabaseWrapper wrapper) {
                seen.add(own[0].query("SELECT 1").size());
            }
        });
        try (Databases databases = own[0]) {
            assertThat(databases.query("SELECT 1")).hasSize(1);
            assertThat(seen).containsExactly(1);
        }
    }
}
