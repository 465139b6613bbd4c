package dev.mooring.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
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
    @DisplayName("The table of docs/types.md says what each database stores and gives back")
    void theTableIsTrue() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Databases postgres = Databases.of(TestDatabases.postgres().build());
                Databases sqlite = Databases.of(sqlite().build())) {
            for (ValueType type : ValueType.values()) {
                lines.add("| `%s` | %s | %s |"
                        .formatted(
                                type == ValueType.ENUM ? "enum" : type.type.getSimpleName(),
                                seen(postgres, type, type.postgres),
                                type.sqlite.isEmpty() ? "–" : seen(sqlite, type, type.sqlite)));
            }
        }

        assertThat(Files.readAllLines(PAGE)).containsSubsequence(lines);
    }

    private DatabaseSettingsBuilder sqlite() {
        return TestDatabases.sqlite(directory);
    }

    private static String seen(Databases databases, ValueType type, String column) {
        databases.execute("DROP TABLE IF EXISTS v");
        databases.execute("CREATE TABLE v (id integer, a " + column + ")");
        databases.execute("INSERT INTO v VALUES (1, %s), (2, %s)", type.usual.get(0), null);
        var rows = databases.query("SELECT a FROM v ORDER BY id");
        assertThat(rows.get(1).get("a")).isNull();
        assertThat(rows.get(1).get("a", type.type)).isNull();
        Object value = rows.get(0).get("a");
        return "`%s` → `%s`"
                .formatted(column, value == null ? null : value.getClass().getSimpleName());
    }
}
