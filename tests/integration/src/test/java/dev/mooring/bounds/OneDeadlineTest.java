package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.OperationalException;
import dev.mooring.kit.FaultyProxy;
import dev.mooring.transactions.TestDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A call has one deadline, which does not begin anew with each byte that comes. What a call ends with is the proof: without
 * that deadline it would succeed, late, or not end at all; nothing here looks at a clock.
 */
@Tag("wrong-answers")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OneDeadlineTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    /** Ends a wait, but not the opening of a connection on a busy machine. */
    private static final Duration ENOUGH = Duration.ofSeconds(3);

    private static final Duration NEVER = Duration.ofHours(1);
    private static final int MEGABYTES_64 = 1 << 26;

    private FaultyProxy proxy;

    @BeforeEach
    void open() throws IOException {
        proxy = new FaultyProxy(TestDatabases.server().getPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    @Test
    @DisplayName("A COMMIT whose answer trickles in ends at commitTimeout, and its outcome is unknown")
    void commit() {
        try (Databases databases = databases(settings -> settings.commitTimeout(SHORT))) {
            assertThatExceptionOfType(CommitOutcomeUnknownException.class)
                    .isThrownBy(() -> databases.atomic(() -> {
                        databases.execute("CREATE TEMPORARY TABLE trickle (id integer)");
                        proxy.trickle();
                    }));
            proxy.heal();
        }
    }

    @Test
    @DisplayName("A session whose reset trickles in is given up at commitTimeout, not handed on late")
    void reset() {
        try (Databases databases = databases(settings -> settings.commitTimeout(SHORT))) {
            try (UnitOfWork unit = databases.unitOfWork()) {
                databases.execute("SET application_name TO 'trickle'");
                proxy.trickle();
            }
            assertThat(databases.using("default").counts().open()).isZero();
            proxy.heal();
        }
    }

    @Test
    @DisplayName("A health check whose answer trickles in has failed at probeTimeout")
    void probe() {
        try (Databases databases = databases(settings -> settings.probeTimeout(SHORT));
                Lease held = databases.get().hold()) {
            databases.query("SELECT 1");
            proxy.trickle();
            assertThat(databases.get().isUsable()).isFalse();
            proxy.heal();
        }
    }

    @Test
    @DisplayName("A statement that is sent to a peer which takes nothing more ends soon after statementTimeout")
    void sending() {
        try (Databases databases = databases(settings -> settings.statementTimeout(SHORT))) {
            databases.query("SELECT 1");
            proxy.stall();
            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> databases.query("SELECT length(%s)", (Object) new byte[MEGABYTES_64]));
            proxy.heal();
        }
    }

    @Test
    @DisplayName(
            "A first attempt to connect to a silent server gets no more than acquireTimeout, whatever connectTimeout"
                    + " is")
    void silentServer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Databases databases = databases(
                        settings -> settings.port(silent.getLocalPort()).acquireTimeout(SHORT))) {
            assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> databases.query("SELECT 1"));
        }
    }

    @Test
    @DisplayName("Setting up a new session of a server that falls silent gets what the login left of acquireTimeout")
    void silentAfterLogin() {
        proxy.on("set_config", proxy::stallAnswers);
        try (Databases databases = databases(settings -> settings.acquireTimeout(SHORT))) {
            assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> databases.query("SELECT 1"));
            proxy.heal();
        }
    }

    @Test
    @DisplayName("A health check of a silent server gets no more than acquireTimeout, whatever probeTimeout is")
    void silentProbe() {
        try (Databases databases =
                databases(settings -> settings.acquireTimeout(ENOUGH).healthCheckIdle(Duration.ZERO))) {
            databases.query("SELECT 1");
            proxy.stall();
            assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> databases.query("SELECT 2"));
            proxy.heal();
        }
    }

    private Databases databases(UnaryOperator<DatabaseSettingsBuilder> settings) {
        DatabaseSettingsBuilder unbounded = DatabaseSettings.builder("default")
                .engine("postgresql")
                .name("postgres")
                .user("postgres")
                .host("localhost")
                .port(proxy.port())
                .connectTimeout(NEVER)
                .probeTimeout(NEVER)
                .commitTimeout(NEVER)
                .statementTimeout(NEVER);
        return Databases.of(settings.apply(unbounded).build());
    }
}
