package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ErrorKind;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.spi.Backend;
import dev.mooring.spi.ErrorVerdict;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConnectorTest {

    @Test
    void opensASessionInAutocommitWithItsNameAndLimits() throws SQLException {
        try (Connection connection = TestServer.open()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(TestServer.one(connection, "SHOW application_name")).isEqualTo("mooring");
            assertThat(TestServer.one(connection, "SHOW statement_timeout")).isEqualTo("1min");
            assertThat(TestServer.one(connection, "SHOW TimeZone")).isEqualTo("UTC");
            assertThat(TestServer.one(connection, "SHOW client_encoding")).isEqualTo("UTF8");
            assertThat(connection.getNetworkTimeout()).isEqualTo(61_000);
        }
    }

    @Test
    void setsNoLimitForAStatementThatMayTakeForEver() throws SQLException {
        try (Connection connection = TestServer.open(TestServer.settings().statementTimeout(Duration.ZERO))) {
            assertThat(TestServer.one(connection, "SHOW statement_timeout")).isEqualTo("0");
            assertThat(connection.getNetworkTimeout()).isZero();
        }
    }

    @Test
    void sendsNoStartUpOptionsWhenThereIsNoLimit() {
        Properties properties = PostgresProperties.of(
                TestServer.settings().statementTimeout(Duration.ZERO).build());

        assertThat(properties).doesNotContainKey("options");
    }

    @Test
    void roundsFractionsOfASecondUp() {
        Properties properties = PostgresProperties.of(TestServer.settings()
                .connectTimeout(Duration.ofMillis(1))
                .statementTimeout(Duration.ofMillis(1_500))
                .build());

        assertThat(properties)
                .containsEntry("loginTimeout", "1")
                .containsEntry("connectTimeout", "1")
                .containsEntry("socketTimeout", "1")
                .containsEntry("cancelSignalTimeout", "2")
                .containsEntry("tcpKeepAlive", "true")
                .containsEntry("options", "-c statement_timeout=1500");
    }

    @Test
    void givesEachOfSeveralHostsThePort() {
        Properties properties =
                PostgresProperties.of(TestServer.settings().host("a,b").port(7).build());

        assertThat(properties).containsEntry("PGHOST", "a,b").containsEntry("PGPORT", "7,7");
    }

    @ParameterizedTest
    @Tag("wrong-answers")
    @DisplayName("Each of several hosts has the port written with it, else the common one")
    @CsvSource(
            delimiter = '|',
            value = {
                "a:5433,b:5434 | a,b | 5433,5434",
                "a:5433,b | a,b | 5433,7",
                "[::1]:5433,[::2] | [::1],[::2] | 5433,7",
                "::1,b:9 | ::1,b | 7,9",
            })
    void readsThePortsOfHosts(String hosts, String names, String ports) {
        Properties properties =
                PostgresProperties.of(TestServer.settings().host(hosts).port(7).build());

        assertThat(properties).containsEntry("PGHOST", names).containsEntry("PGPORT", ports);
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("The second of two hosts is reached when the first does not answer")
    void reachesTheSecondHost() throws SQLException {
        DatabaseSettings settings = TestServer.settings().build();
        int port = settings.port().orElseThrow();
        try (Connection connection = TestServer.open(
                settings.toBuilder().host("localhost:1,localhost:" + port).port(0))) {
            assertThat(TestServer.one(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void letsTheUsersOwnStartUpOptionsWin() throws SQLException {
        DatabaseSettingsBuilder settings =
                TestServer.settings().option("options", "-c statement_timeout=2s -c work_mem=5MB");
        try (Connection connection = TestServer.open(settings)) {
            assertThat(TestServer.one(connection, "SHOW statement_timeout")).isEqualTo("2s");
            assertThat(TestServer.one(connection, "SHOW work_mem")).isEqualTo("5MB");
        }
    }

    @ParameterizedTest
    @CsvSource({"Europe/Athens, +02", "+05:30, +05:30", "-03:00, -03", "UTC+1, +01", "UTC, +00"})
    void setsTheTimeZoneOfTheSession(String zone, String offset) throws SQLException {
        try (Connection connection = TestServer.open(TestServer.settings().timeZone(ZoneId.of(zone)))) {
            assertThat(TestServer.one(connection, "SELECT timestamptz '2024-01-15 12:00+00' :: text"))
                    .asString()
                    .endsWith(offset);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x?socketFactory=dev.mooring.postgres.Canary", "a&b=c", "50%25 off#1", "sp ace+ü", "//h/x"})
    void takesADatabasesNameToTheLetter(String name) throws SQLException {
        try (Connection connection = TestServer.open()) {
            TestServer.run(connection, "CREATE DATABASE \"" + name + "\"");
        }

        try (Connection connection = TestServer.open(TestServer.settings().name(name))) {
            assertThat(TestServer.one(connection, "SELECT current_database()")).isEqualTo(name);
        }
        assertThat(Canary.LOADED).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:5432/x?socketFactory=dev.mooring.postgres.Canary",
                "/var/run/postgresql",
                "a b",
                "h\0x"
            })
    void refusesAHostThatIsMoreThanOne(String host) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(TestServer.settings().host(host)))
                .withMessageContaining("'host' of database 'default'");
        assertThat(Canary.LOADED).hasValue(0);
    }

    @Test
    void refusesAMissingName() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(TestServer.settings().name("")))
                .withMessage("Setting 'name' of database 'default' is empty; name the database");
    }

    @Test
    void countsTheBytesOfAName() {
        TestServer.backend(TestServer.settings().name("ü".repeat(31)));

        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(TestServer.settings().name("ü".repeat(32))))
                .withMessageContaining("63 bytes");
    }

    @Test
    void refusesANulThatWouldStartAnotherParameter() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(TestServer.settings().user("postgres\0options\0-c a=b")));
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(TestServer.settings().name("postgres\0options\0-c a=b")));
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(TestServer.settings().password("geheim\0x")))
                .withMessageNotContaining("geheim");
    }

    @Test
    @Timeout(30)
    void givesUpOnAServerThatAcceptsAndStaysSilent() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Backend backend = TestServer.backend(
                    TestServer.settings().port(deaf.getLocalPort()).connectTimeout(Duration.ofMillis(500)));

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> backend.connector().open())
                    .satisfies(e ->
                            assertThat(backend.errorClassifier().classify(e)).isEqualTo(ErrorVerdict.refused()));
        }
    }

    @Test
    @Timeout(30)
    void tellsWhatToDoAboutPgBouncer() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answer = new Thread(() -> refuse(server, "08P01", "unsupported startup parameter: options"));
            answer.start();
            Backend backend = TestServer.backend(TestServer.settings()
                    .port(server.getLocalPort())
                    .option("sslmode", "disable")
                    .option("gssencmode", "disable"));

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> backend.connector().open())
                    .withMessageContaining("unsupported startup parameter: options")
                    .withMessageContaining("set statementTimeout to 0")
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08P01"));
            answer.join();
        }
    }

    @Test
    void tellsASoundConnectionFromABrokenOne() throws SQLException {
        PostgresConnector connector =
                new PostgresConnector(TestServer.settings().build());
        try (Connection connection = connector.open();
                Connection admin = TestServer.open()) {
            assertThat(connector.isUsable(connection, Duration.ofSeconds(10))).isTrue();

            Object pid = TestServer.one(connection, "SELECT pg_backend_pid()");
            TestServer.one(admin, "SELECT pg_terminate_backend(?, 5000)", pid);

            assertThat(connector.isUsable(connection, Duration.ofSeconds(1))).isFalse();
            connection.close();
            assertThat(connector.isUsable(connection, Duration.ofSeconds(1))).isFalse();
        }
    }

    @Test
    void leavesAPendingInterruptOfAPlatformThreadAlone() throws SQLException {
        PostgresConnector connector =
                new PostgresConnector(TestServer.settings().build());
        try (Connection connection = connector.open()) {
            Thread.currentThread().interrupt();

            boolean usable = connector.isUsable(connection, Duration.ofSeconds(1));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(usable).isTrue();
        }
    }

    @Test
    void neverRetriesWrongCredentialsOrAMissingDatabase() {
        assertThat(verdict(TestServer.settings().user("careful").password("wrong")))
                .isEqualTo(ErrorVerdict.connectionInvalid(ErrorKind.OPERATIONAL));
        assertThat(verdict(TestServer.settings().user("nobody-here")).isRefusal())
                .isFalse();
        assertThat(verdict(TestServer.settings().name("missing")).isRefusal()).isFalse();
        assertThat(verdict(TestServer.settings().option("sslmode", "require")).isRefusal())
                .isFalse();
        assertThat(verdict(TestServer.settings().port(1))).isEqualTo(ErrorVerdict.refused());
    }

    /** Reads the start-up message and answers with an error, as the protocol spells it. */
    private static void refuse(ServerSocket server, String state, String message) {
        try (Socket client = server.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.readNBytes(in.readInt() - Integer.BYTES);
            byte[] fields = ("SFATAL\0C" + state + "\0M" + message + "\0\0").getBytes(StandardCharsets.UTF_8);
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            out.writeByte('E');
            out.writeInt(Integer.BYTES + fields.length);
            out.write(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ErrorVerdict verdict(DatabaseSettingsBuilder settings) {
        Backend backend = TestServer.backend(settings);
        try (Connection connection = backend.connector().open()) {
            throw new AssertionError("Opened " + connection);
        } catch (SQLException e) {
            assertThat(e.toString()).doesNotContain("wrong");
            return backend.errorClassifier().classify(e);
        }
    }
}
