package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.error.ProgrammingException;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A text without a statement is refused before the driver sees it: SQLite's could not close the connection any more. */
@Tag("wrong-answers")
class EmptyStatementTest {

    private static final List<String> EMPTY = List.of(
            "",
            " ",
            "\t\r\n\f",
            ";",
            " ; ;\n;",
            "-- nothing",
            "-- one\n-- two\n",
            "-- one\r\n;",
            "/* */",
            "/* one */ ; /* two */",
            "/* -- */ -- /*",
            ";-- ;");

    @TempDir
    private Path folder;

    private Databases databases;

    @AfterEach
    void close() {
        databases.close();
    }

    static Stream<Arguments> callsOnSqlite() {
        return Stream.concat(EMPTY.stream(), Stream.of("\uFEFF", "\uFEFF;\uFEFF-- x", "/* open", "; \u000b"))
                .flatMap(sql -> calls().map(call -> Arguments.of(sql, call)));
    }

    private static Stream<BiConsumer<Databases, String>> calls() {
        return Stream.of(
                (databases, sql) -> databases.execute(sql),
                (databases, sql) -> databases.query(sql),
                (databases, sql) -> {
                    try (Cursor cursor = databases.get().cursor()) {
                        cursor.execute(sql);
                    }
                },
                (databases, sql) -> {
                    try (Cursor cursor = databases.get().cursor()) {
                        cursor.executeMany(sql, List.of(List.of()));
                    }
                },
                (databases, sql) -> {
                    try (Stream<Row> rows = databases.stream(sql)) {
                        rows.forEach(row -> {});
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("callsOnSqlite")
    @DisplayName("SQLite: an empty statement in atomic is refused as one, and the file can be written afterwards")
    void isRefusedOnSqlite(String sql, BiConsumer<Databases, String> call) throws SQLException {
        Path file = openSqlite();

        databases.atomic(() -> {
            databases.execute("INSERT INTO item VALUES (1)");
            isEmpty(() -> call.accept(databases, sql));
        });

        canBeWritten(file);
        assertThat(databases.query("SELECT id FROM item")).hasSize(2);
    }

    @Test
    @DisplayName("PostgreSQL: an empty statement is refused as one, and the block goes on")
    void isRefusedOnPostgres() {
        open(Databases.of(EmptyDatabases.postgres()));

        Stream.concat(EMPTY.stream(), Stream.of("/* /* nested */ */", "-- one\r;"))
                .forEach(sql -> calls().forEach(call -> databases.atomic(() -> {
                    isEmpty(() -> call.accept(databases, sql));
                    databases.execute("INSERT INTO item VALUES (1)");
                })));

        assertThat(databases.query("SELECT id FROM item")).hasSize((EMPTY.size() + 2) * (int) calls().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "-- nothing", "/* */", "\uFEFF"})
    @DisplayName("SQLite: an empty statement through dataSource() is refused, and the file can be written afterwards")
    void isRefusedThroughTheDataSource(String sql) throws SQLException {
        Path file = openSqlite();

        try (Connection connection = databases.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO item VALUES (1)");
                isRefused(() -> statement.execute(sql));
                isRefused(() -> statement.executeQuery(sql));
                isRefused(() -> statement.executeUpdate(sql));
                isRefused(() -> {
                    statement.addBatch(sql);
                    statement.executeBatch();
                });
            }
            isRefused(() -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.execute();
                }
            });
            connection.commit();
        }

        canBeWritten(file);
    }

    private static void isEmpty(ThrowingCallable call) {
        assertThatExceptionOfType(ProgrammingException.class).isThrownBy(call).withMessageContaining("empty");
    }

    private static void isRefused(ThrowingCallable call) {
        assertThatExceptionOfType(SQLException.class).isThrownBy(call).withMessageContaining("empty");
    }

    private Path openSqlite() {
        Path file = folder.resolve("empty.sqlite3");
        open(Databases.of(EmptyDatabases.sqlite(folder).toBuilder()
                .name(file.toString())
                .option("synchronous", "OFF")
                .option("timeout", "0.2")
                .build()));
        return file;
    }

    private void open(Databases opened) {
        databases = opened;
        databases.execute("CREATE TABLE item (id integer)");
    }

    private void canBeWritten(Path file) throws SQLException {
        databases.execute("INSERT INTO item VALUES (2)");
        assertThat(databases.using("default").counts().unclosed()).isZero();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
        }
    }
}
