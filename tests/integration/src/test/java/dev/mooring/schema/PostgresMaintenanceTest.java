package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.migrations.EmptyDatabases;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresMaintenanceTest extends MaintenanceContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }

    @Test
    void flushesNoTableThatWasNotNamed() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> maintenance.flush(List.of("customer")))
                .withMessageContaining("order");
    }

    @Test
    void resetsASequenceBelowItsFirstNumber() {
        database.execute("CREATE TABLE \"it's\" (\"the Id\" serial, n integer)");
        database.execute("INSERT INTO \"it's\" VALUES (-5, 0)");

        maintenance.resetSequences("it's");

        assertThat(newNumber("INSERT INTO \"it's\" (n) VALUES (1) RETURNING \"the Id\""))
                .isEqualTo(1);
    }
}
