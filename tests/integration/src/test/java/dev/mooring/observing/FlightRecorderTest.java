package dev.mooring.observing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.OperationalException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events in a recording of the JDK's flight recorder. */
class FlightRecorderTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("A recording has the connections that were opened and closed, and why")
    void hasConnections() throws IOException {
        List<RecordedEvent> events = recorded(List.of(), () -> {
            try (Databases databases = Databases.of(settings(settings -> settings))) {
                databases.query("SELECT 1");
                databases.get().close();
                databases.query("SELECT 1");
            }
        });

        assertThat(events)
                .extracting(event -> event.getEventType().getName())
                .containsExactly(
                        "dev.mooring.ConnectionOpened",
                        "dev.mooring.ConnectionClosed",
                        "dev.mooring.ConnectionOpened",
                        "dev.mooring.ConnectionClosed");
        assertThat(events).allMatch(event -> event.getString("alias").equals("default"));
        assertThat(events.get(0).getDuration("time")).isPositive();
        assertThat(events.get(1).getString("reason")).isEqualTo("requested");
        assertThat(events.get(3).getString("reason")).isEqualTo("shut_down");
    }

    @Test
    @DisplayName(
            "A recording that asks for them has transactions and statements, without parameters unless logParameters is on")
    void hasTransactionsAndStatements() throws IOException {
        List<RecordedEvent> hidden = recorded(List.of("Transaction", "Statement"), () -> run(false));
        assertThat(hidden)
                .filteredOn(event -> event.getEventType().getName().equals("dev.mooring.Statement"))
                .extracting(event -> event.getString("sql"))
                .containsSubsequence("BEGIN", "INSERT INTO item VALUES (%s)", "COMMIT", "BEGIN", "ROLLBACK");
        assertThat(hidden).noneMatch(event -> event.toString().contains("4711"));
        assertThat(hidden)
                .filteredOn(event -> event.getEventType().getName().equals("dev.mooring.Transaction"))
                .extracting(event -> event.getString("outcome"), event -> event.getBoolean("failed"))
                .containsExactly(tuple("COMMIT", false), tuple("ROLLBACK", false));

        List<RecordedEvent> shown = recorded(List.of("Statement"), () -> run(true));
        assertThat(shown)
                .filteredOn(event -> event.getEventType().getName().equals("dev.mooring.Statement"))
                .extracting(event -> event.getString("parameters"))
                .containsOnlyOnce("[4711]");
    }

    @Test
    @DisplayName("A recording has the waits for a connection, those in vain too")
    void hasWaits() throws IOException {
        List<RecordedEvent> events = recorded(List.of(), () -> {
            try (Databases databases = Databases.of(
                    settings(settings -> settings.maxConnections(1).acquireTimeout(Duration.ofMillis(20))))) {
                databases.query("SELECT 1");
                try (Lease held = databases.get().hold()) {
                    Thread other = new Thread(() -> assertThatThrownBy(() -> databases.query("SELECT 1"))
                            .isInstanceOf(OperationalException.class));
                    other.start();
                    join(other);
                }
            }
        });

        assertThat(events).extracting(event -> event.getEventType().getName()).contains("dev.mooring.LeaseTimedOut");
    }

    private void run(boolean logParameters) {
        try (Databases databases = Databases.of(settings(settings -> settings.logParameters(logParameters)))) {
            databases.execute("CREATE TABLE IF NOT EXISTS item (id integer)");
            databases.atomic(() -> databases.execute("INSERT INTO item VALUES (%s)", 4711));
            assertThatThrownBy(() -> databases.atomic(() -> databases.execute("INSERT INTO nowhere VALUES (1)")))
                    .isInstanceOf(OperationalException.class);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private DatabaseSettings settings(UnaryOperator<DatabaseSettingsBuilder> more) {
        return more.apply(DatabaseSettings.builder("default")
                        .engine("sqlite3")
                        .name(folder.resolve("shop.db").toString()))
                .build();
    }

    /** {@return the events of the layer while {@code work} ran, in order} {@code enabled} are those that are off by default. */
    private List<RecordedEvent> recorded(List<String> enabled, Runnable work) throws IOException {
        Path file = folder.resolve("shop.jfr");
        try (Recording recording = new Recording()) {
            enabled.forEach(name -> recording.enable("dev.mooring." + name));
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.mooring."))
                .filter(event -> "default".equals(event.getString("alias")))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .toList();
    }
}
