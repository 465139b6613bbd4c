package dev.mooring.observing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.OperationalException;
import dev.mooring.transactions.TestDatabases;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("wrong-answers")
class OutageLogTest {

    @Test
    @DisplayName("A server that accepts no connection is told in the log while it is waited for")
    void tellsThatTheServerIsDown() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        DatabaseSettings settings = TestDatabases.postgres()
                .host("localhost")
                .port(closedPort)
                .acquireTimeout(Duration.ofMillis(2_500))
                .build();
        try (SeenLog log = new SeenLog("dev.mooring.pool", Level.INFO);
                Databases databases = Databases.of(settings)) {
            assertThatExceptionOfType(LeaseTimeoutException.class).isThrownBy(() -> databases.query("SELECT 1"));

            assertThat(messages(log))
                    // The last attempt may have so little time left that it is not even refused.
                    .anyMatch(message -> message.contains("refused"))
                    .allMatch(message -> message.startsWith("Database 'default' has accepted no connection for "));
        }
    }

    @Test
    @DisplayName("A shut-down that cuts work off says whose")
    void tellsWhatShutDownCutsOff(@TempDir Path folder) throws Exception {
        Databases databases = Databases.of(TestDatabases.sqlite(folder).build());
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread worker = new Thread(
                () -> {
                    try (Lease lease = databases.get().hold()) {
                        held.countDown();
                        end.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "a worker");
        worker.start();
        held.await();
        try (SeenLog log = new SeenLog("dev.mooring.pool", Level.INFO)) {
            databases.close(Duration.ofMillis(1));

            assertThat(messages(log))
                    .singleElement()
                    .asString()
                    .startsWith("Database 'default' is shut down while connections are in use")
                    .contains("thread 'a worker'");
        } finally {
            end.countDown();
            worker.join();
        }
    }

    @Test
    @DisplayName("A connection that is opened on an interrupted thread says so")
    void namesTheInterrupt() {
        try (Databases databases = Databases.of(TestDatabases.postgres().build())) {
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> databases.query("SELECT 1"))
                    .withMessageStartingWith("Could not connect to database 'default' with the settings")
                    .withMessageContaining("was interrupted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(databases.query("SELECT 1")).hasSize(1);
        }
    }

    private static List<String> messages(SeenLog log) {
        return log.events().stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
