package dev.mooring.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.error.DataException;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Json;
import dev.mooring.schema.Table;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("wrong-answers")
@DisplayName("SQLite: UUIDs and documents in columns whose declared type makes numbers of texts")
class SqliteUuidColumnsTest {

    /** Without hyphens they are numbers to SQLite; the first two and the last two are the same double. */
    private static final List<UUID> LIKE_NUMBERS = List.of(
            UUID.fromString("12345678-1234-4234-8234-123456789012"),
            UUID.fromString("12345678-1234-4234-8234-123456789013"),
            UUID.fromString("00000000-0000-0000-0000-000000000001"),
            UUID.fromString("00000000-0000-0000-0000-00000000001e"),
            UUID.fromString("0e000000-0000-4000-8000-000000000005"),
            UUID.fromString("123e4567-0000-4000-8000-000000000000"),
            UUID.fromString("123e4567-0000-4000-8000-000000000001"));

    @TempDir
    private Path directory;

    private Databases databases;

    record Item(UUID id) {}

    @BeforeEach
    void open() {
        databases = Databases.of(TestDatabases.sqlite(directory).build());
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uuid",
                "UUID",
                "guid",
                "uniqueidentifier",
                "string",
                "binary(16)",
                "char(32)",
                "text",
                "blob",
                ""
            })
    @DisplayName("A UUID that looks like a number comes back, is found, and is not taken for another")
    void keepsUuids(String type) {
        databases.execute("CREATE TABLE \"It em\" (id " + type + " PRIMARY KEY)");
        databases.execute("CREATE VIEW seen AS SELECT id FROM \"It em\"");
        databases.execute("INSERT INTO \"it em\" VALUES (%s)", LIKE_NUMBERS.get(0));
        databases.execute("INSERT INTO [It em] VALUES (%(id)s)", Map.of("id", LIKE_NUMBERS.get(1)));
        try (Cursor cursor = databases.get().cursor()) {
            cursor.execute("INSERT INTO `It em` VALUES (%s)", LIKE_NUMBERS.get(2));
            cursor.executeMany(
                    "INSERT INTO \"It em\" VALUES (%s)",
                    LIKE_NUMBERS.stream().skip(3).map(id -> List.<Object>of(id)).toList());
        }

        assertThat(databases.query(Item.class, "SELECT id FROM \"It em\" ORDER BY rowid"))
                .extracting(Item::id)
                .containsExactlyElementsOf(LIKE_NUMBERS);
        for (UUID id : LIKE_NUMBERS) {
            for (String table : List.of("\"It em\"", "seen", "main.seen")) {
                assertThat(databases.query(Item.class, "SELECT id FROM " + table + " WHERE id = %s", id))
                        .as("%s in %s", id, table)
                        .extracting(Item::id)
                        .containsExactly(id);
            }
        }
    }

    @Test
    @DisplayName("In Django's column a UUID stays 32 digits, whatever it looks like")
    void keepsTheNotationOfDjango() {
        Table table = Table.of(
                "item",
                Column.auto("n"),
                Column.of("id", ColumnType.UUID),
                Column.of("price", ColumnType.decimal(10, 2)),
                Column.of("at", ColumnType.TIMESTAMP));
        databases
                .using("default")
                .backend()
                .schemaGenerator()
                .createTable(table)
                .forEach(databases::execute);
        databases.execute("CREATE TABLE other (id uuid)");
        for (UUID id : LIKE_NUMBERS) {
            databases.execute("INSERT INTO item (id, price, at) VALUES (%s, 1, '2024-01-01 00:00:00')", id);
        }

        assertThat(databases.query("SELECT id, typeof(id) AS type FROM item ORDER BY n"))
                .extracting(row -> row.getString("id") + row.getString("type"))
                .containsExactlyElementsOf(LIKE_NUMBERS.stream()
                        .map(id -> id.toString().replace("-", "") + "text")
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"uuid", "guid", "uniqueidentifier"})
    @DisplayName("A UUID that somebody else let become a number is refused when it is read, with the reason")
    void refusesWhatBecameANumber(String type) {
        databases.execute("CREATE TABLE item (id " + type + ")");
        databases.execute(
                "INSERT INTO item VALUES ('12345678123442348234123456789012'), ('000000000000000000000000001e0005'),"
                        + " ('123e4567000040008000000000000000')");

        for (Row row : databases.query("SELECT id FROM item")) {
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> row.get("id", UUID.class))
                    .withMessageContainingAll("'id'", "number", "char(32)");
            assertThatExceptionOfType(DataException.class).isThrownBy(() -> row.get("id"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "JSONB"})
    @DisplayName("A document that is a number comes back as a document, unless SQLite has cut its digits")
    void keepsDocuments(String type) {
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY, doc " + type + ")");
        databases.execute("INSERT INTO item VALUES (1, %s), (2, %s)", new Json("5"), new Json("0.1"));
        databases.execute("INSERT INTO item VALUES (3, %s), (4, %s)", new Json("\"5\""), new Json("[5]"));
        databases.execute("INSERT INTO item VALUES (5, %s)", new Json("12345678901234567891"));

        List<Row> rows = databases.query("SELECT doc FROM item ORDER BY id");
        assertThat(rows.subList(0, 4))
                .extracting(row -> row.get("doc", Json.class))
                .containsExactly(new Json("5"), new Json("0.1"), new Json("\"5\""), new Json("[5]"));
        assertThat(rows.subList(0, 4)).extracting(row -> row.get("doc")).allMatch(String.class::isInstance);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> rows.get(4).get("doc", Json.class))
                .withMessageContainingAll("'doc'", "text");
    }
}
