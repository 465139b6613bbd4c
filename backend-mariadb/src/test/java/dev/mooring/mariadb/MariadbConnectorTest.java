package dev.mooring.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.Backend;
import dev.mooring.spi.ErrorVerdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Connections to MariaDB")
class MariadbConnectorTest {

    private static final String STATE = "SELECT concat_ws(' ', @@sql_mode, @@time_zone, @@tx_isolation, @@tx_read_only,"
            + " @@max_statement_time, @@character_set_client, @@autocommit, @@sql_auto_is_null)";

    @Test
    @DisplayName("A session is as Django has it: strict, READ COMMITTED, UTC, in autocommit mode, with a time limit")
    void setsUpTheSession() throws SQLException {
        try (Connection connection = TestServer.open()) {
            assertThat(TestServer.one(connection, STATE))
                    .isEqualTo("STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION +00:00"
                            + " READ-COMMITTED OFF 60.000000 utf8mb4 ON OFF");
            assertThat(connection.getNetworkTimeout()).isEqualTo(61_000);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    @DisplayName("Options and settings decide otherwise")
    void setsUpTheSessionAsConfigured() throws SQLException {
        DatabaseSettingsBuilder settings = TestServer.settings()
                .option("sql_mode", "ansi_quotes, STRICT_ALL_TABLES")
                .option("isolation_level", "Serializable")
                .option("init_command", "SET @a = 1; SET @b = 2")
                .timeZone(ZoneId.of("+05:30"))
                .readOnly(true)
                .statementTimeout(Duration.ofMillis(1_500));
        try (Connection connection = TestServer.open(settings)) {
            assertThat(TestServer.one(connection, STATE))
                    .isEqualTo("ANSI_QUOTES,STRICT_ALL_TABLES +05:30 SERIALIZABLE ON 1.500000 utf8mb4 ON OFF");
            assertThat(TestServer.one(connection, "SELECT @a + @b")).isEqualTo(3L);
        }
    }

    @Test
    @DisplayName("No limit is none")
    void setsNoLimitForAStatementThatMayTakeForEver() throws SQLException {
        try (Connection connection = TestServer.open(TestServer.settings().statementTimeout(Duration.ZERO))) {
            assertThat(String.valueOf(TestServer.one(connection, "SELECT @@max_statement_time")))
                    .startsWith("0");
            assertThat(connection.getNetworkTimeout()).isZero();
        }
    }

    @Test
    @DisplayName("The server ends a statement that outlasts its limit, and the connection stays valid")
    void endsALongStatement() throws SQLException {
        try (Connection connection = TestServer.open(TestServer.settings().statementTimeout(Duration.ofMillis(50)))) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> TestServer.run(connection, "SELECT sleep(20)"))
                    .satisfies(e -> assertThat(new MariadbErrorClassifier().classify(e))
                            .isEqualTo(ErrorVerdict.benign(ErrorKind.OPERATIONAL)));
            assertThat(TestServer.one(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @DisplayName("A database's name is taken to the letter")
    @ValueSource(strings = {"x?socketFactory=evil.Canary", "a&b=c", "50%25 off#1", "it`s ü"})
    void takesADatabasesNameToTheLetter(String name) throws SQLException {
        try (Connection connection = TestServer.open()) {
            TestServer.run(connection, "CREATE DATABASE " + MariadbDialect.quoted(name));
        }

        try (Connection connection = TestServer.open(TestServer.settings().name(name))) {
            assertThat(TestServer.one(connection, "SELECT database()")).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @DisplayName("Each fault of a first contact is a refusal for now, or none")
    @CsvSource({"wrong password, false", "no database, false", "nobody listens, true"})
    void tellsRefusalsApart(String fault, boolean refusal) {
        DatabaseSettingsBuilder settings = switch (fault) {
            case "wrong password" -> TestServer.settings().password("wrong");
            case "no database" -> TestServer.settings().name("missing");
            default -> TestServer.settings().port(1);
        };
        Backend backend = TestServer.backend(settings);

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(
                        () -> backend.connector().initialize(backend.connector().open()))
                .satisfies(e -> assertThat(backend.errorClassifier().classify(e).isRefusal())
                        .isEqualTo(refusal))
                .withMessageNotContaining("wrong");
    }

    @Test
    @Timeout(30)
    @DisplayName("A server that accepts and stays silent is given up")
    void givesUpOnAServerThatStaysSilent() throws IOException {
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
    @DisplayName("A broken connection is told from a valid one")
    void tellsAValidConnectionFromABrokenOne() throws SQLException {
        Backend backend = TestServer.backend(TestServer.settings());
        try (Connection connection = TestServer.open();
                Connection admin = TestServer.open()) {
            assertThat(backend.connector().isUsable(connection, Duration.ofSeconds(10)))
                    .isTrue();

            TestServer.run(admin, "KILL " + TestServer.one(connection, "SELECT connection_id()"));

            assertThat(backend.connector().isUsable(connection, Duration.ofSeconds(1)))
                    .isFalse();
        }
    }
}
