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
import dev.mooring.spi.Feature;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done to whole tables, on one kind of database, beyond Django's own tests of it. */
abstract class MaintenanceContract {

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

    @Test
    void goesOnCheckingLateWhatItHasChecked() {
        if (!database.backend().features().has(Feature.DEFERRED_FOREIGN_KEYS)) {
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> database.execute("INSERT INTO \"order\" VALUES (1, 1)"));
            return;
        }
        database.atomic(() -> {
            maintenance.checkConstraints();
            database.execute("INSERT INTO \"order\" VALUES (1, 1)");
            database.execute("INSERT INTO customer VALUES (1, 'late')");
        });
        assertThat(database.query("SELECT id FROM \"order\"")).hasSize(1);
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
    void saysHowItWouldFlush() {
        addOrder();

        assertThat(maintenance.sqlFlush(List.of("customer", "order"))).isNotEmpty();

        assertThat(database.query("SELECT id FROM customer")).hasSize(1);
    }

    static void flushAll(Database database, String table) {
        database.maintenance().flush(List.of(table), FlushOption.RESET_SEQUENCES, FlushOption.ALLOW_CASCADE);
    }

    void addOrder() {
        int customer = newCustomer();
        database.execute("INSERT INTO \"order\" (customer_id) VALUES (%s)", customer);
    }

    int newCustomer() {
        return newNumber("INSERT INTO customer (name) VALUES ('new') RETURNING id");
    }

    int newNumber(String insert) {
        return ((Number) database.query(insert).get(0).values().get(0)).intValue();
    }
}
