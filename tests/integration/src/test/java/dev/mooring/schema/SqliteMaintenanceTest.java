package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.IntegrityException;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteMaintenanceTest extends MaintenanceContract {

    @TempDir
    private Path directory;

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.sqlite(directory);
    }

    @Test
    void findsWhatCameInWhileNothingWasChecked() {
        maintenance.constraintChecksDisabled(() -> {
            maintenance.constraintChecksDisabled(() -> database.execute("INSERT INTO \"order\" VALUES (7, 30)"));
            database.execute("INSERT INTO \"order\" VALUES (8, 31)");
        });

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> database.execute("INSERT INTO \"order\" VALUES (9, 32)"));
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(maintenance::checkConstraints)
                .withMessageContaining("row 7 of \"order\" by customer_id to \"customer\"")
                .withMessageContaining("row 8")
                .withMessageContaining("'default'");
        maintenance.checkConstraints("customer");
    }

    @Test
    void flushesWhereNothingIsNumberedForGood() {
        try (Databases plain = Databases.of(emptyDatabase())) {
            plain.execute("CREATE TABLE Plain (id integer PRIMARY KEY)");
            plain.execute("CREATE TABLE rest (plain_id integer REFERENCES PLAIN ON DELETE RESTRICT)");
            plain.execute("INSERT INTO plain VALUES (1)");
            plain.execute("INSERT INTO rest VALUES (1)");

            flushAll(plain.using("default"), "plain");

            assertThat(plain.query("SELECT id FROM plain UNION ALL SELECT plain_id FROM rest"))
                    .isEmpty();
        }
    }
}
