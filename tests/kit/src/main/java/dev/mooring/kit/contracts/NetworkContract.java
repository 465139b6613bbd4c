package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.OperationalException;
import dev.mooring.kit.FaultyProxy;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A network on which packets vanish without an error, between driver and server on this machine. A database without a port is in
 * this process or a file, and has no packets to lose.
 */
@Timeout(60)
public abstract class NetworkContract extends Contract {

    private static final Duration SHORT = Duration.ofMillis(300);

    /** For subclasses. */
    protected NetworkContract() {}

    @BeforeEach
    final void createItem() {
        databases.execute("DROP TABLE IF EXISTS item");
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY)");
    }

    @Test
    @DisplayName("NET-01 Where there is a server, a statement ends that it never answers, and the next one is served")
    void endsAStatement() throws IOException {
        overProxy((proxy, lossy) -> {
            proxy.stall();
            assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> lossy.query("SELECT 2"));
            proxy.heal();

            assertThat(lossy.query(Integer.class, "SELECT 3").one()).isEqualTo(3);
        });
    }

    @Test
    @DisplayName("NET-02 Where there is a server, an answer of it that comes too late is read by nobody")
    void readsNoLateAnswer() throws IOException {
        overProxy((proxy, lossy) -> {
            proxy.stallAnswers();
            assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> lossy.query("SELECT 2"));
            proxy.heal();

            assertThat(lossy.query(Integer.class, "SELECT 3").one()).isEqualTo(3);
        });
    }

    @Test
    @DisplayName(
            "NET-03 Where there is a server, a COMMIT that it does not answer ends, and its outcome is reported as unknown")
    void endsACommit() throws IOException {
        overProxy((proxy, lossy) -> {
            assertThatExceptionOfType(CommitOutcomeUnknownException.class)
                    .isThrownBy(() -> lossy.atomic(() -> {
                        lossy.execute("INSERT INTO item VALUES (1)");
                        proxy.stall();
                    }));
            proxy.heal();

            assertThat(lossy.query(Integer.class, "SELECT 3").one()).isEqualTo(3);
        });
    }

    private void overProxy(Work work) throws IOException {
        int port = databases.using("default").settings().port().orElse(0);
        if (port == 0) {
            return;
        }
        try (FaultyProxy proxy = new FaultyProxy(port);
                Databases lossy = open(databases.using("default").settings().toBuilder()
                        .port(proxy.port())
                        .statementTimeout(SHORT)
                        .commitTimeout(SHORT)
                        .probeTimeout(SHORT)
                        .build())) {
            assertThat(lossy.query(Integer.class, "SELECT 1").one()).isEqualTo(1);
            try {
                work.on(proxy, lossy);
            } finally {
                proxy.heal();
            }
            assertThat(lossy.using("default").counts().leased()).isZero();
        }
    }

    private interface Work {
        void on(FaultyProxy proxy, Databases lossy);
    }
}
