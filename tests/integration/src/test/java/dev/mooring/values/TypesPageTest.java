package dev.mooring.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.engines.MariadbUnderTest;
import dev.mooring.engines.PostgresUnderTest;
import dev.mooring.engines.SqliteUnderTest;
import dev.mooring.kit.contracts.ValueType;
import dev.mooring.transactions.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the table of {@code docs/types.md} with what the databases do. */
@Tag("wrong-answers")
class TypesPageTest {

    private static final Path PAGE = Path.of("../../docs/types.md");

    @TempDir
    Path directory;

    @Test
    @DisplayName("The table of docs/types.md says what PostgreSQL and SQLite store and give back")
    void theTableIsTrue() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Databases postgres = Databases.of(TestDatabases.postgres().build());
                Databases sqlite = Databases.of(sqlite().build())) {
            for (ValueType type : ValueType.values()) {
                rows.add("| `%s` | %s | %s |"
                        .formatted(
                                type == ValueType.ENUM ? "enum" : type.type().getSimpleName(),
                                seen(postgres, type, new PostgresUnderTest().column(type)),
                                seen(sqlite, type, new SqliteUnderTest().column(type))));
            }
        }

        assertThat(rows(0, 3)).containsSubsequence(rows);
    }

    @Test
    @DisplayName("The table of docs/types.md says what MariaDB stores and gives back")
    void theTableIsTrueOfMariadb() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Databases mariadb = Databases.of(TestDatabases.mariadb().build())) {
            for (ValueType type : ValueType.values()) {
                rows.add("| %s |".formatted(seen(mariadb, type, new MariadbUnderTest().column(type))));
            }
        }

        assertThat(rows(3, 4)).containsSubsequence(rows);
    }

    /** {@return some columns of the page's tables, row by row} */
    private static List<String> rows(int from, int to) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(line -> List.of(line.split("\\|", -1)))
                .filter(cells -> cells.size() > to)
                .map(cells -> "|" + String.join("|", cells.subList(from + 1, to + 1)) + "|")
                .toList();
    }

    private DatabaseSettingsBuilder sqlite() {
        return TestDatabases.sqlite(directory);
    }

    private static String seen(Databases databases, ValueType type, String column) {
        if (column.isEmpty()) {
            return "–";
        }
        databases.execute("DROP TABLE IF EXISTS v");
        databases.execute("CREATE TABLE v (id integer, a " + column + ")");
        databases.execute("INSERT INTO v VALUES (1, %s), (2, %s)", type.example(), null);
        var rows = databases.query("SELECT a FROM v ORDER BY id");
        assertThat(rows.get(1).get("a")).isNull();
        assertThat(rows.get(1).get("a", type.type())).isNull();
        Object value = rows.get(0).get("a");
        return "`%s` → `%s`"
                .formatted(column, value == null ? null : value.getClass().getSimpleName());
    }
}
