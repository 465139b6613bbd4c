package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.error.ProgrammingException;
import dev.mooring.schema.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The page docs/queries.md")
class QueriesPageTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    @DisplayName("has snippets that do what it says")
    void works(OnBothDatabases engine) throws IOException {
        try (Databases databases = engine.open(directory)) {
            databases.execute("CREATE TABLE item (id " + key(engine)
                    + ", name varchar(50), price decimal(10, 2), stock integer, added " + moment(engine) + ")");

            int changed = databases.execute(
                    "INSERT INTO item (name, price, stock) VALUES (%s, %s, %s)", "tea", new BigDecimal("4.50"), 7);
            List<Row> rows = databases.query("SELECT id, name, price FROM item WHERE stock > %s ORDER BY name", 0);
            for (Row row : rows) {
                System.out.println(row.getString("name") + " costs " + row.getBigDecimal("price"));
            }
            assertThat(changed).isEqualTo(1);
            assertThat(rows).hasSize(1);

            String pattern = "t%";
            databases.query("SELECT * FROM item WHERE name LIKE %s AND price < %s", pattern, 10);
            databases.query(
                    "SELECT * FROM item WHERE name = %(word)s OR name = upper(%(word)s) AND stock > %(least)s",
                    Map.of("word", "tea", "least", 0));
            databases.query("SELECT * FROM item WHERE name LIKE '%%tea%%' AND stock > %s", 0);
            databases.query("SELECT * FROM item WHERE name LIKE '%tea%'");
            List<Row> some = databases.query("SELECT * FROM item WHERE id IN %s AND stock > %s", List.of(1, 2, 3), 0);
            assertThat(some).hasSize(1);
            assertThat(databases.query("SELECT * FROM item WHERE name LIKE '%%tea%%' AND stock > %s", 0))
                    .hasSize(1);
            assertThat(databases.query("SELECT * FROM item WHERE name LIKE '%tea%'"))
                    .hasSize(1);
            assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> databases.query("SELECT * FROM item WHERE stock > %s", 1, 2));

            databases.execute("UPDATE item SET stock = %s WHERE name = %s", null, "tea");
            Row tea = databases
                    .query("SELECT stock FROM item WHERE name = %s", "tea")
                    .one();
            Integer stock = tea.get("stock", Integer.class);
            assertThat(stock).isNull();
            assertThat(databases.query("SELECT 1 FROM item WHERE stock IS NOT DISTINCT FROM %s", (Object) null))
                    .hasSize(1);
            assertThat(databases.query("SELECT 1 FROM item WHERE cast(%s AS text) IS NULL", (Object) null))
                    .hasSize(1);
            assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> databases.query("SELECT 1 FROM item WHERE name = '%s'", "tea"));
            assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> databases.query("SELECT 1 FROM item WHERE id = %s AND name = %s", 1));
            assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> tea.getInt("stock"));

            long id = databases
                    .query("INSERT INTO item (name, stock) VALUES (%s, %s) RETURNING id", "coffee", 3)
                    .one()
                    .getLong("id");
            assertThat(id).isEqualTo(2);

            List<List<Object>> prices =
                    List.of(List.of(new BigDecimal("5.20"), "coffee"), List.of(new BigDecimal("4.80"), "tea"));
            int updated = databases.executeMany("UPDATE item SET price = %s WHERE name = %s", prices);
            assertThat(updated).isEqualTo(2);

            databases.executeMany(
                    "UPDATE item SET price = %(price)s WHERE name = %(name)s",
                    List.of(
                            List.of(Map.of("price", new BigDecimal("5.30"), "name", "coffee")),
                            List.of(Map.of("price", new BigDecimal("4.90"), "name", "tea"))));
            assertThat(databases
                            .query(BigDecimal.class, "SELECT price FROM item WHERE name = 'tea'")
                            .one())
                    .isEqualByComparingTo("4.90");

            List<Long> keys = databases
                    .queryMany(
                            "INSERT INTO item (name) VALUES (%s) RETURNING id",
                            List.of(List.of("mate"), List.of("milk")))
                    .map(row -> row.getLong("id"));
            assertThat(keys).containsExactly(3L, 4L);
            databases.execute("DELETE FROM item WHERE id IN %s", keys);

            Instant now = Instant.now();
            databases.execute("UPDATE item SET added = %s", now);
            Instant added = databases
                    .query("SELECT added FROM item WHERE name = %s", "tea")
                    .one()
                    .getInstant("added");
            ZonedDateTime shown = added.atZone(ZoneId.of("Europe/Berlin"));
            assertThat(shown.toInstant()).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));

            Instant latest = databases
                    .query(Instant.class, "SELECT max(added) FROM item")
                    .one();
            assertThat(latest).isEqualTo(added);

            Writer out = new StringWriter();
            try (Stream<Row> items = databases.stream("SELECT name, price FROM item ORDER BY id")) {
                items.forEach(item -> write(out, item.getString("name")));
            }
            assertThat(out).hasToString("teacoffee");

            try (Cursor cursor = databases.get().cursor()) {
                cursor.execute("SELECT id, name FROM item WHERE price > %s ORDER BY id", 1);
                Row first = cursor.fetchOne();
                List<Row> next = cursor.fetchMany(10);
                assertThat(first.getString("name")).isEqualTo("tea");
                assertThat(next).hasSize(1);
            }

            if (engine == OnBothDatabases.POSTGRESQL) {
                assertThat(databases.query("SELECT %s::text AS a, '{\"a\": 1}'::jsonb ? 'a' AS has", "x"))
                        .hasSize(1);
                assertThat(databases
                                .query("SELECT cast(%s AS jsonb) ->> 'a' AS a", new Json("{\"a\": 1}"))
                                .one()
                                .getString("a"))
                        .isEqualTo("1");
            }
            assertThat(databases.query("SELECT %s AS a, %s AS b, %s AS c", UUID.randomUUID(), LocalDate.EPOCH, true))
                    .hasSize(1);
        }
    }

    record Item(int id, String name, BigDecimal price) {}

    @ParameterizedTest
    @EnumSource
    @DisplayName("has snippets that make objects of rows")
    void makesObjects(OnBothDatabases engine) {
        try (Databases databases = engine.open(directory)) {
            databases.execute("CREATE TABLE item (id integer, name varchar(50), price decimal(10, 2), stock integer)");
            databases.execute("INSERT INTO item VALUES (%s, %s, %s, %s)", 1, "tea", new BigDecimal("4.50"), 7);

            List<Item> cheap = databases.query(Item.class, "SELECT * FROM item WHERE price < %s", 5);
            List<String> names = databases.query(String.class, "SELECT name FROM item ORDER BY name");
            long count =
                    databases.query(Long.class, "SELECT count(*) FROM item").one();
            Optional<Item> tea = databases
                    .query(Item.class, "SELECT * FROM item WHERE name = %s", "tea")
                    .optional();

            assertThat(cheap).containsExactly(new Item(1, "tea", new BigDecimal("4.50")));
            assertThat(names).containsExactly("tea");
            assertThat(count).isEqualTo(1);
            assertThat(tea).contains(cheap.get(0));
        }
    }

    private static void write(Writer out, String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(OnBothDatabases engine) {
        return engine == OnBothDatabases.SQLITE
                ? "integer PRIMARY KEY AUTOINCREMENT"
                : "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
    }

    private static String moment(OnBothDatabases engine) {
        return engine == OnBothDatabases.SQLITE ? "datetime" : "timestamptz";
    }
}
