package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Database;
import dev.mooring.error.IntegrityException;
import dev.mooring.migrations.SchemaEditor;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Foreign keys and sequences: Django's {@code tests/backends/tests.py} and {@code base/test_operations.py}. */
@EveryWorld
class MaintenanceParityTest extends ParityContract {

    private static final String LONG = "verylongmodelnamezzzzzzzzzzzzzzzzzzzzzzzzzzzz";

    private static final Table ARTICLE = Table.of("article", Column.auto("id"));

    /** Named by a keyword. */
    private static final Table ORDER = Table.of(
            "order",
            Column.auto("id"),
            Column.of("article_id", ColumnType.INTEGER).nullable().references("article", "id"));

    private static final Table LONG_ONE =
            Table.of(LONG, Column.auto("key_" + LONG), Column.of("n", ColumnType.INTEGER));

    private Database database;

    @BeforeEach
    void createTables() {
        database = databases.using("default");
        dropTables();
        SchemaEditor.apply(database, editor -> List.of(ARTICLE, ORDER, LONG_ONE).forEach(editor::createTable));
    }

    @AfterEach
    void dropTables() {
        for (Table table : List.of(ORDER, ARTICLE, LONG_ONE)) {
            database.execute("DROP TABLE IF EXISTS \"" + table.name() + "\"");
        }
    }

    @Test
    @Django(
            value = "BE-19",
            differs = "checks are switched off for a block only: a connection is not the thread's. On PostgreSQL, as in"
                    + " Django, nothing is switched off, and a transaction's own end finds what it left behind")
    void findWhatWasNotCheckedWhenItCameIn() {
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> database.execute("INSERT INTO \"order\" (article_id) VALUES (30)"));
        database.execute("INSERT INTO \"order\" (article_id) VALUES (NULL)");
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> database.execute("UPDATE \"order\" SET article_id = 30"));

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> database.atomic(() -> {
                    database.maintenance().checkConstraints("order");
                    database.maintenance().constraintChecksDisabled(() -> {
                        database.execute("UPDATE \"order\" SET article_id = 30");
                        database.maintenance().checkConstraints("order");
                    });
                }));
        assertThat(database.query("SELECT id FROM \"order\" WHERE article_id IS NOT NULL"))
                .isEmpty();
    }

    @Test
    @Django("BE-23")
    void numberRowsOfTablesWithLongNames() {
        assertThat(added()).isEqualTo(1);
        database.execute("INSERT INTO " + LONG + " (key_" + LONG + ", n) VALUES (8, 1)");

        database.maintenance().resetSequences(LONG);

        assertThat(added()).isEqualTo(9);
    }

    @Test
    @Django("BE-24")
    void numberRowsBehindThoseThatCameWithANumber() {
        database.execute("INSERT INTO article (id) VALUES (10)");

        database.maintenance().resetSequences("article");

        assertThat(database.query("INSERT INTO article DEFAULT VALUES RETURNING id")
                        .get(0)
                        .getInt("id"))
                .isEqualTo(11);
    }

    private int added() {
        return ((Number) database.query("INSERT INTO " + LONG + " (n) VALUES (1) RETURNING key_" + LONG)
                        .get(0)
                        .values()
                        .get(0))
                .intValue();
    }
}
