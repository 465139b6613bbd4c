package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.CapturedQueries;
import dev.mooring.ConnectionCounts;
import dev.mooring.ConnectionInfo;
import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.ExecuteWrapper;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page docs/observing.md")
class ObservingPageTest {

    private static final class Shop {
        void render(DatabaseWrapper database) {
            for (int i = 0; i < 3; i++) {
                database.query("SELECT %s", i);
            }
        }
    }

    @TempDir
    private Path directory;

    private final Shop shop = new Shop();

    @Test
    @DisplayName("captures queries, forbids them, and shows parameters but for secret ones")
    void works() {
        DatabaseSettings settings = OnBothDatabases.SQLITE.settings(directory);
        try (Databases databases = open(settings)) {
            DatabaseWrapper wrapper = databases.get();
            try (CapturedQueries captured = wrapper.captureQueries()) {
                shop.render(wrapper);
                assertThat(captured.queries()).hasSize(3);
            }

            assertThatIllegalStateException()
                    .isThrownBy(() -> forbidden(wrapper))
                    .withMessageContaining("SELECT");
            shop.render(wrapper);
        }
    }

    @Test
    @DisplayName("counts connections, and tells of threads that waited in vain")
    void countsAndTells() {
        DatabaseSettings settings = OnBothDatabases.SQLITE.settings(directory).toBuilder()
                .maxConnections(1)
                .acquireTimeout(Duration.ofMillis(1))
                .build();
        List<String> alarms = new CopyOnWriteArrayList<>();
        try (Databases databases = alarming(settings, alarms);
                Lease lease = databases.get().hold()) {
            ConnectionCounts counts = databases.using("default").counts();
            assertThat(counts.open()).isEqualTo(1);
            assertThat(counts.leased()).isEqualTo(1);
            List<ConnectionInfo> connections = databases.using("default").connections();
            assertThat(connections).singleElement().satisfies(connection -> {
                assertThat(connection.state()).isEqualTo(ConnectionInfo.State.LEASED);
                assertThat(connection.holder()).isEqualTo(Thread.currentThread().getName());
            });

            assertThat(CompletableFuture.runAsync(() -> databases.query("SELECT 1")))
                    .failsWithin(Duration.ofSeconds(30));
            assertThat(alarms).containsExactly("default");
        }
    }

    private static Databases alarming(DatabaseSettings settings, List<String> alarms) {
        return Databases.builder()
                .add(settings)
                .listener(new DatabaseListener() {
                    @Override
                    public void leaseTimedOut(String alias) {
                        alarms.add(alias);
                    }
                })
                .build();
    }

    private static Databases open(DatabaseSettings settings) {
        return Databases.builder()
                .add(settings.toBuilder().logParameters(true).build())
                .parameterRedactor((sql, parameters) -> sql.contains("auth_user") ? List.of("***") : parameters)
                .build();
    }

    private void forbidden(DatabaseWrapper wrapper) {
        DatabaseWrapper page = wrapper;
        try (ExecuteWrapper.Scope scope = wrapper.executeWrapper(execution -> {
            throw new IllegalStateException("no queries while a page is rendered: " + execution.sql());
        })) {
            render(page);
        }
    }

    private void render(DatabaseWrapper page) {
        shop.render(page);
    }
}
