package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ErrorKind;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.spi.ErrorVerdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteConnectorTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "foreign_keys, 1",
        "legacy_alter_table, 0",
        "trusted_schema, 0",
        "busy_timeout, 10",
        "synchronous, 2",
        "journal_mode, wal",
        "recursive_triggers, 0"
    })
    void opensAFileWithThePragmasOfDjangoAndOurs(String pragma, String value) throws SQLException {
        try (Connection connection = TestFile.open(TestFile.settings(folder.resolve("shop.db")))) {
            assertThat(TestFile.one(connection, "PRAGMA " + pragma)).hasToString(value);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void waitsForNoLockInNativeCodeWhileItOpens() throws SQLException {
        try (Connection connection = connector(folder.resolve("shop.db")).open()) {
            assertThat(TestFile.one(connection, "PRAGMA busy_timeout")).isEqualTo(10L);
        }
    }

    @Test
    void loadsNoExtensions() throws SQLException {
        try (Connection connection = TestFile.open(TestFile.memory())) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> TestFile.one(connection, "SELECT load_extension('x')"))
                    .withMessageContaining("not authorized");
        }
    }

    @Test
    void leavesTheJournalOfAnExistingFileAlone() throws SQLException {
        Path file = folder.resolve("django.db");
        try (Connection connection = TestFile.open(TestFile.settings(file).option("journal_mode", "delete"))) {
            TestFile.run(connection, "CREATE TABLE t (a)");
        }

        try (Connection connection = TestFile.open(TestFile.settings(file))) {
            assertThat(TestFile.one(connection, "PRAGMA journal_mode")).isEqualTo("delete");
        }
        try (Connection connection = TestFile.open(TestFile.settings(file).option("journal_mode", "wal"))) {
            assertThat(TestFile.one(connection, "PRAGMA journal_mode")).isEqualTo("wal");
        }
    }

    @Test
    void savesAsOftenAsItIsTold() throws SQLException {
        try (Connection connection = TestFile.open(TestFile.memory().option("synchronous", "normal"))) {
            assertThat(TestFile.one(connection, "PRAGMA synchronous")).isEqualTo(1L);
        }
    }

    @Test
    void runsTheInitCommandsOneByOne() throws SQLException {
        try (Connection connection = TestFile.open(TestFile.memory()
                .option("init_command", " PRAGMA cache_size = 123; ;PRAGMA recursive_triggers = ON;"))) {
            assertThat(TestFile.one(connection, "PRAGMA cache_size")).isEqualTo(123L);
            assertThat(TestFile.one(connection, "PRAGMA recursive_triggers")).isEqualTo(1L);
        }
    }

    @Test
    @Tag("threads")
    void letsManyOpenANewFileAtOnce() throws Exception {
        int threads = 8;
        for (int round = 0; round < 100; round++) {
            Path file = folder.resolve("new" + round + ".db");
            SqliteConnector connector = connector(file);
            CyclicBarrier together = new CyclicBarrier(threads);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                List<Future<?>> openings = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    openings.add(pool.submit(() -> {
                        together.await();
                        try (Connection connection = openAsTheLayerDoes(connector)) {
                            TestFile.run(connection, "PRAGMA busy_timeout = 5000");
                            TestFile.run(connection, "CREATE TABLE IF NOT EXISTS t (a)");
                        }
                        return null;
                    }));
                }
                for (Future<?> opening : openings) {
                    opening.get();
                }
                try (Connection connection = connector.open()) {
                    assertThat(TestFile.one(connection, "PRAGMA journal_mode")).isEqualTo("wal");
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    /** Who finds the file locked tries again. */
    private static Connection openAsTheLayerDoes(SqliteConnector connector) throws SQLException {
        while (true) {
            try {
                return connector.open();
            } catch (SQLException e) {
                if (!new SqliteErrorClassifier().classify(e).isLocked()) {
                    throw e;
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x.db?enable_load_extension=true", "file:x.db", "File:x.db", "a\0b", ":RESOURCE:x"})
    void refusesANameThatTheDriverWouldInterpret(String name) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestFile.backend(TestFile.settings(name)))
                .withMessageStartingWith("Setting 'name' of database 'default' is not usable");
    }

    /** CVE-2023-32697. */
    @Test
    void fetchesNoResource() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String name = ":resource:http://127.0.0.1:" + server.getLocalPort() + "/x";

            assertThatExceptionOfType(ImproperlyConfiguredException.class)
                    .isThrownBy(() -> TestFile.open(TestFile.settings(name)));
            server.setSoTimeout(1);
            assertThatExceptionOfType(java.net.SocketTimeoutException.class).isThrownBy(server::accept);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"50%25 off#1.db", "sp ace+ü&x=y.db", "-odd.db"})
    void takesAFilesNameToTheLetter(String name) throws SQLException {
        try (Connection connection = TestFile.open(TestFile.settings(folder.resolve(name)))) {
            TestFile.run(connection, "CREATE TABLE t (a)");
        }

        assertThat(folder.resolve(name)).isNotEmptyFile();
    }

    @Test
    void saysWhatIsWrongWithAPath() throws IOException {
        Path missing = folder.resolve("missing").resolve("x.db");

        assertThat(cannotOpen(missing))
                .isEqualTo("unable to open database file '" + missing + "': the directory '" + missing.getParent()
                        + "' does not exist; check setting 'name' of database 'default'");
        assertThat(missing.getParent()).doesNotExist();
        assertThat(cannotOpen(folder)).contains("'" + folder + "': it is a directory");
        DatabaseSettings readOnly = TestFile.settings(folder).readOnly(true).build();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> new SqliteConnector(readOnly, SqliteOptions.of(readOnly)).open())
                .withMessageContaining("'" + folder + "': it is a directory");
    }

    @Test
    void leavesAFileAloneThatIsNoDatabase() throws Exception {
        Path file = folder.resolve("notes.txt");
        Files.writeString(file, "not a database, but longer than the header of one: " + "x".repeat(200));
        String before = Files.readString(file);

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> {
                    try (Connection connection = TestFile.open(TestFile.settings(file))) {
                        TestFile.one(connection, "SELECT * FROM sqlite_master");
                    }
                })
                .satisfies(e -> assertThat(new SqliteErrorClassifier().classify(e))
                        .isEqualTo(ErrorVerdict.connectionInvalid(ErrorKind.DATABASE)));
        assertThat(file).hasContent(before);
    }

    @Test
    void tellsASoundConnectionFromAClosedOne() throws SQLException {
        SqliteConnector connector = connector(folder.resolve("shop.db"));
        Connection connection = connector.open();
        assertThat(connector.isUsable(connection, Duration.ofSeconds(1))).isTrue();

        connection.close();

        assertThat(connector.isUsable(connection, Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void noticesThatTheFileWasDeletedOrReplaced() throws Exception {
        Path file = folder.resolve("shop.db");
        SqliteConnector connector = connector(file);
        try (Connection connection = connector.open()) {
            Files.move(file, folder.resolve("moved.db"));
            assertThat(connector.isUsable(connection, Duration.ofSeconds(1))).isFalse();

            Files.copy(folder.resolve("moved.db"), file);
            assertThat(connector.isUsable(connection, Duration.ofSeconds(1))).isFalse();

            Files.delete(file);
            Files.move(folder.resolve("moved.db"), file);
            assertThat(connector.isUsable(connection, Duration.ofSeconds(1))).isTrue();
        }
    }

    @Test
    void probesMemoryToo() throws SQLException {
        var connector = TestFile.backend(TestFile.memory()).connector();
        try (Connection connection = connector.open()) {
            assertThat(connector.isUsable(connection, Duration.ofSeconds(1))).isTrue();
        }
    }

    @Test
    void knowsThatMemoryIsTheData() {
        assertThat(TestFile.backend(TestFile.memory()).connector().isInMemory()).isTrue();
        assertThat(connector(folder.resolve("shop.db")).isInMemory()).isFalse();
    }

    private String cannotOpen(Path file) {
        SQLException[] caught = new SQLException[1];
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> connector(file).open())
                .satisfies(e -> caught[0] = e);
        assertThat(new SqliteErrorClassifier().classify(caught[0]))
                .isEqualTo(ErrorVerdict.benign(ErrorKind.OPERATIONAL));
        return caught[0].getMessage();
    }

    private static SqliteConnector connector(Path file) {
        var settings = TestFile.settings(file).build();
        return new SqliteConnector(settings, SqliteOptions.of(settings));
    }
}
