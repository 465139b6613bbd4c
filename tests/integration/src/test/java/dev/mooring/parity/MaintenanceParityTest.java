package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicRunnable;
import dev.mooring.Database;
import dev.mooring.FlushOption;
import dev.mooring.Maintenance;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.IntegrityException;
import dev.mooring.migrations.SchemaEditor;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import dev.mooring.spi.Feature;
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
    private Maintenance maintenance;

    /** On MariaDB double quotes enclose names only then. */
    @Override
    DatabaseSettingsBuilder settings() {
        return world.engine == World.Engine.MARIADB
                ? super.settings().option("sql_mode", "ANSI_QUOTES,STRICT_TRANS_TABLES")
                : super.settings();
    }

    @BeforeEach
    void createTables() {
        database = databases.using("default");
        maintenance = database.maintenance();
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
        int article = addArticle();
        database.execute("INSERT INTO \"order\" (article_id) VALUES (%s)", article);
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> database.execute("UPDATE \"order\" SET article_id = 30"));
        maintenance.checkConstraints();

        AtomicRunnable<RuntimeException> dangling = () -> maintenance.constraintChecksDisabled(() -> {
            maintenance.checkConstraints("order");
            database.execute("UPDATE \"order\" SET article_id = 30");
            assertFound(() -> maintenance.checkConstraints("order"));
            assertFound(maintenance::checkConstraints);
        });
        if (database.backend().features().has(Feature.DEFERRED_FOREIGN_KEYS)) {
            assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> database.atomic(dangling));
        } else {
            database.atomic(() -> {
                dangling.run();
                databases.get().transaction().setRollback(true);
            });
        }
        assertThat(database.query("SELECT article_id FROM \"order\""))
                .extracting(row -> row.getInt("article_id"))
                .containsExactly(article);
    }

    @Test
    @Django("BE-23")
    void numberRowsOfTablesWithLongNames() {
        String insert = "INSERT INTO " + LONG + " (n) VALUES (1) RETURNING key_" + LONG;
        assertThat(added(insert)).isEqualTo(1);
        database.execute("INSERT INTO " + LONG + " (key_" + LONG + ", n) VALUES (8, 1)");

        maintenance.resetSequences(LONG);
        assertThat(added(insert)).isEqualTo(9);
        maintenance.flush(List.of(LONG), FlushOption.RESET_SEQUENCES);
        assertThat(added(insert)).isEqualTo(1);
    }

    @Test
    @Django("BE-24")
    void numberRowsBehindThoseThatCameWithANumber() {
        database.execute("INSERT INTO article (id) VALUES (10)");

        maintenance.resetSequences("article", "order");

        assertThat(addArticle()).isEqualTo(11);
        assertThat(added("INSERT INTO \"order\" (article_id) VALUES (11) RETURNING id"))
                .isEqualTo(1);
    }

    /** Before the end of the transaction, which would find it too. */
    private void assertFound(AtomicRunnable<RuntimeException> check) {
        assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> database.atomic(check));
    }

    private int addArticle() {
        String values = world.engine == World.Engine.MARIADB ? "() VALUES ()" : "DEFAULT VALUES";
        return added("INSERT INTO article " + values + " RETURNING id");
    }

    private int added(String insert) {
        return ((Number) database.query(insert).get(0).values().get(0)).intValue();
    }
}
