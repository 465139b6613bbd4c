package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.FlushOption;
import dev.mooring.Maintenance;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.IntegrityException;
import dev.mooring.migrations.SchemaEditor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done to whole tables, on one kind of database: Django's BE-19, BE-23, BE-24 and {@code sql_flush}. */
abstract class MaintenanceContract {

    private static final String LONG = "a_table_whose_name_is_as_long_as_the_database_takes_it";

    Databases databases;
    Database database;
    Maintenance maintenance;

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    @BeforeEach
    void open() {
        databases = Databases.of(emptyDatabase());
        database = databases.using("default");
        maintenance = database.maintenance();
        SchemaEditor.apply(database, editor -> {
            editor.createTable(Table.of("customer", Column.auto("id"), Column.of("name", ColumnType.TEXT)));
            editor.createTable(Table.of(
                    "order",
                    Column.auto("id"),
                    Column.of("customer_id", ColumnType.INTEGER).references("customer", "id")));
        });
    }

    @AfterEach
    void close() {
        databases.close();
    }

    /** BE-19. */
    @Test
    void refusesRowsThatReferToNone() {
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> database.execute("INSERT INTO \"order\" VALUES (1, 30)"));
        addOrder();
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> database.execute("UPDATE \"order\" SET customer_id = 30"));
        maintenance.checkConstraints();
    }

    /** BE-19, in a table named by a keyword. */
    @Test
    void findsInATransactionWhatTheCommitWouldRefuse() {
        addOrder();
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> database.atomic(() -> maintenance.constraintChecksDisabled(() -> {
                    maintenance.checkConstraints("order");
                    database.execute("UPDATE \"order\" SET customer_id = 30");
                    assertThatExceptionOfType(IntegrityException.class)
                            .isThrownBy(() -> database.atomic(() -> maintenance.checkConstraints("order")));
                    maintenance.checkConstraints();
                })));
        assertThat(database.query("SELECT customer_id FROM \"order\"").get(0).getInt("customer_id"))
                .isEqualTo(1);
    }

    @Test
    void goesOnCheckingLateWhatItHasChecked() {
        database.atomic(() -> {
            maintenance.checkConstraints();
            database.execute("INSERT INTO \"order\" VALUES (1, 1)");
            database.execute("INSERT INTO customer VALUES (1, 'late')");
        });
        assertThat(database.query("SELECT id FROM \"order\"")).hasSize(1);
    }

    /** BE-24. */
    @Test
    void numbersRowsBehindThoseThatCameWithANumber() {
        database.execute("INSERT INTO customer VALUES (10, 'ten')");

        maintenance.resetSequences("customer");

        assertThat(newCustomer()).isEqualTo(11);
        maintenance.resetSequences("order");
        assertThat(newNumber("INSERT INTO \"order\" (customer_id) VALUES (11) RETURNING id"))
                .isEqualTo(1);
    }

    /** BE-23. */
    @Test
    void numbersRowsOfTablesWithLongNames() {
        String column = LONG.replace("table", "column");
        SchemaEditor.apply(
                database,
                editor -> editor.createTable(Table.of(LONG, Column.auto(column), Column.of("n", ColumnType.INTEGER))));
        String insert = "INSERT INTO " + LONG + " (n) VALUES (1) RETURNING " + column;
        assertThat(newNumber(insert)).isEqualTo(1);
        database.execute("INSERT INTO " + LONG + " (" + column + ", n) VALUES (8, 1)");

        maintenance.resetSequences(LONG);
        assertThat(newNumber(insert)).isEqualTo(9);
        maintenance.flush(List.of(LONG), FlushOption.RESET_SEQUENCES);
        assertThat(newNumber(insert)).isEqualTo(1);
    }

    @Test
    void flushesTablesAndGoesOnNumbering() {
        addOrder();

        maintenance.flush(List.of("customer", "order"));

        assertThat(database.query("SELECT id FROM \"order\"")).isEmpty();
        assertThat(newCustomer()).isEqualTo(2);
        maintenance.flush(List.of());
    }

    @Test
    void flushesWhatRefersToATableToo() {
        addOrder();

        flushAll(database, "customer");

        assertThat(database.query("SELECT id FROM \"order\"")).isEmpty();
        assertThat(newCustomer()).isEqualTo(1);
        assertThat(newNumber("INSERT INTO \"order\" (customer_id) VALUES (1) RETURNING id"))
                .isEqualTo(1);
    }

    @Test
    void saysWhatItWouldRun() {
        addOrder();

        assertThat(maintenance.sqlFlush(List.of("customer", "order"))).isNotEmpty();
        maintenance.sequenceResetSql("customer");

        assertThat(database.query("SELECT id FROM customer")).hasSize(1);
    }

    static void flushAll(Database database, String table) {
        database.maintenance().flush(List.of(table), FlushOption.RESET_SEQUENCES, FlushOption.ALLOW_CASCADE);
    }

    private void addOrder() {
        int customer = newCustomer();
        database.execute("INSERT INTO \"order\" (customer_id) VALUES (%s)", customer);
    }

    private int newCustomer() {
        return newNumber("INSERT INTO customer (name) VALUES ('new') RETURNING id");
    }

    int newNumber(String insert) {
        return ((Number) database.query(insert).get(0).values().get(0)).intValue();
    }
}
