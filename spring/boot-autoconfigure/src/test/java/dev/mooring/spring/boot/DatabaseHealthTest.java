package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.spring.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The health of databases")
class DatabaseHealthTest {

    private final List<Runnable> background = new ArrayList<>();
    private final DatabaseHealth health = new DatabaseHealth(background::add);

    @Test
    @DisplayName("is told while the pool is full, without waiting for a connection and without taking one")
    void fullPool() {
        DatabaseSettings settings = JdbcUrl.settings("default", Engine.SQLITE.newDatabase())
                .maxConnections(1)
                .build();
        try (Databases databases =
                Databases.builder().add(settings).listener(health).build()) {
            try (Lease all = databases.get().hold()) {
                assertThat(health.status(databases)).isEqualTo(DatabaseHealth.Status.UP);
                assertThat(details(databases)).containsEntry("active", 1).containsEntry("status", "UP");
            }
            assertThat(databases.using("default").counts().opened()).isEqualTo(1);
        }
        assertThat(background).isEmpty();
    }

    @Test
    @DisplayName("is unknown before the first connection, which is tried in the background and outside the pool")
    void unknown() {
        try (Databases databases = Databases.of(
                JdbcUrl.settings("default", Engine.POSTGRES.newDatabase()).build())) {
            Database database = databases.using("default");
            assertThat(health.status(databases)).isEqualTo(DatabaseHealth.Status.UNKNOWN);
            assertThat(health.status(databases)).isEqualTo(DatabaseHealth.Status.UNKNOWN);
            assertThat(background).hasSize(1);
            background.get(0).run();

            assertThat(health.status(databases)).isEqualTo(DatabaseHealth.Status.UP);
            assertThat(database.counts().opened()).isZero();
        }
    }

    @Test
    @DisplayName("is tried again after there was no thread to try it on")
    void noThread() {
        AtomicInteger asked = new AtomicInteger();
        DatabaseHealth without = new DatabaseHealth(probe -> {
            asked.incrementAndGet();
            throw new RejectedExecutionException();
        });
        try (Databases databases = Databases.of(
                JdbcUrl.settings("default", Engine.SQLITE.newDatabase()).build())) {
            for (int i = 1; i <= 2; i++) {
                assertThatThrownBy(() -> without.status(databases)).isInstanceOf(RejectedExecutionException.class);
                assertThat(asked).hasValue(i);
            }
        }
    }

    @Test
    @DisplayName("is down when the server cannot be reached, says why, and comes back by itself")
    void downAndBack() {
        DatabaseSettings nowhere = DatabaseSettings.fromUrl("postgres://ann:secret@localhost:1/shop?connect_timeout=2");
        try (Databases databases =
                Databases.builder().add(nowhere).listener(health).build()) {
            DatabaseHealth.Status before = health.status(databases);
            background.remove(0).run();

            assertThat(before).isEqualTo(DatabaseHealth.Status.UNKNOWN);
            assertThat(health.status(databases)).isEqualTo(DatabaseHealth.Status.DOWN);
            assertThat(details(databases)).containsEntry("status", "DOWN").containsKey("error");
            assertThat(details(databases).toString()).doesNotContain("secret");
            assertThat(background).hasSize(1);
        }
        try (Databases back = Databases.of(
                JdbcUrl.settings("default", Engine.SQLITE.newDatabase()).build())) {
            background.clear();
            health.connectionCreated(back.get());
            assertThat(health.status(back)).isEqualTo(DatabaseHealth.Status.UP);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> details(Databases databases) {
        return (Map<String, Object>) health.details(databases).get("default");
    }
}
