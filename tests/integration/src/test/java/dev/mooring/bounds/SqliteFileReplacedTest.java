package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.OperationalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is deleted or replaced under busy connections: nothing is acknowledged that nobody will find. */
@Tag("wrong-answers")
class SqliteFileReplacedTest {

    private static final String INSERT = "INSERT INTO item VALUES (1)";

    @TempDir
    private Path folder;

    private Path file;
    private Databases databases;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("app.sqlite3");
        databases = open(file.toString());
        databases.execute("CREATE TABLE item (id integer)");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("restored.sqlite3"));
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE item (id integer)");
            statement.execute("INSERT INTO item VALUES (42)");
        }
    }

    @AfterEach
    void close() {
        databases.close();
    }

    static Stream<Write> writes() {
        return Stream.of(
                databases -> databases.execute(INSERT),
                databases -> databases.query(INSERT + " RETURNING id"),
                databases -> databases.atomic(() -> databases.execute(INSERT)),
                databases -> {
                    try (Cursor cursor = databases.get().cursor()) {
                        cursor.execute(INSERT);
                    }
                },
                databases -> {
                    try (Cursor cursor = databases.get().cursor()) {
                        cursor.executeMany("INSERT INTO item VALUES (%s)", List.of(List.of(1), List.of(2)));
                    }
                },
                databases -> {
                    databases.get().transaction().setAutocommit(false);
                    databases.execute(INSERT);
                    try {
                        databases.get().transaction().commit();
                    } finally {
                        databases.get().transaction().setAutocommit(true);
                    }
                },
                databases -> throughTheView(databases, true),
                databases -> throughTheView(databases, false));
    }

    private static void throughTheView(Databases databases, boolean autocommit) throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            connection.setAutoCommit(autocommit);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(INSERT);
            }
            if (!autocommit) {
                connection.commit();
            }
        }
    }

    /** Some way to write. */
    interface Write {
        void accept(Databases databases) throws Exception;
    }

    @ParameterizedTest
    @MethodSource("writes")
    @DisplayName("A write to a deleted file is an error that names the file, whichever way it was made")
    void noWriteToADeletedFileIsAcknowledged(Write write) throws Exception {
        write.accept(databases);
        Files.delete(file);

        isRefused(() -> write.accept(databases), file);
    }

    @ParameterizedTest
    @MethodSource("writes")
    @DisplayName(
            "A write to a replaced file is an error that names the file, and the next connection opens the new one")
    void noWriteToAReplacedFileIsAcknowledged(Write write) throws Exception {
        write.accept(databases);
        replace();

        isRefused(() -> write.accept(databases), file);

        assertThat(databases.query("SELECT id FROM item").get(0).getInt("id")).isEqualTo(42);
        write.accept(databases);
        assertThat(databases.query("SELECT id FROM item")).hasSizeGreaterThan(1);
    }

    @Test
    @DisplayName("A file replaced inside atomic: the block fails, its hooks do not run")
    void aBlockThatBeganBeforeFails() throws IOException {
        AtomicInteger hooks = new AtomicInteger();

        isRefused(
                () -> databases.atomic(() -> {
                    databases.onCommit(hooks::incrementAndGet);
                    databases.execute(INSERT);
                    replace();
                }),
                file);

        assertThat(hooks).hasValue(0);
        assertThat(databases.query("SELECT id FROM item")).hasSize(1);
    }

    @Test
    @DisplayName("A symbolic link that is turned to another file is noticed")
    void aLinkIsFollowed() throws IOException {
        Path link = folder.resolve("link.sqlite3");
        Files.createSymbolicLink(link, file);
        try (Databases linked = open(link.toString())) {
            linked.execute(INSERT);
            Files.delete(link);
            Files.createSymbolicLink(link, folder.resolve("restored.sqlite3"));

            isRefused(() -> linked.execute(INSERT), link);

            assertThat(linked.query("SELECT id FROM item")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-shm"})
    @DisplayName("A deleted write-ahead log is noticed before a write is acknowledged")
    void aDeletedLogIsNoticed(String ending) throws IOException {
        databases.execute(INSERT);
        Files.delete(Path.of(file + ending));

        isRefused(() -> databases.execute(INSERT), Path.of(file + ending));
    }

    @Test
    @DisplayName("Switching to another journal by hand is no deleted log")
    void anotherJournalIsNoLoss() {
        databases.query("PRAGMA journal_mode = DELETE");

        databases.execute(INSERT);
        databases.execute(INSERT);

        assertThat(databases.query("SELECT id FROM item")).hasSize(2);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @DisplayName("A busy reader is told, too")
    void aBusyReaderIsTold() throws IOException {
        databases.query("SELECT id FROM item");
        replace();

        isRefused(
                () -> {
                    while (true) {
                        databases.query("SELECT id FROM item");
                        LockSupport.parkNanos(1_000_000);
                    }
                },
                file);

        assertThat(databases.query("SELECT id FROM item")).hasSize(1);
    }

    @Test
    @DisplayName("Memory is no file, and VACUUM and checkpoints replace none")
    void whatIsNoLossPasses() {
        databases.execute("VACUUM");
        databases.execute(INSERT);
        databases.query("PRAGMA wal_checkpoint(TRUNCATE)");
        databases.execute(INSERT);
        try (Databases memory = open(":memory:")) {
            memory.execute("CREATE TABLE item (id integer)");
            memory.atomic(() -> memory.execute(INSERT));
            assertThat(memory.query("SELECT id FROM item")).hasSize(1);
        }
        assertThat(databases.query("SELECT id FROM item")).hasSize(2);
    }

    private static Databases open(String name) {
        return Databases.of(DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(name)
                .option("synchronous", "OFF")
                .build());
    }

    private void replace() throws IOException {
        Files.move(folder.resolve("restored.sqlite3"), file, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(Path.of(file + "-wal"));
        Files.deleteIfExists(Path.of(file + "-shm"));
    }

    private static void isRefused(ThrowingCallable call, Path named) {
        assertThatException()
                .isThrownBy(call)
                .withMessageContaining(named.toString())
                .satisfies(error -> assertThat(error).isInstanceOfAny(OperationalException.class, SQLException.class));
    }
}
