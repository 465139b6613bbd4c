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
        addOrder();

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> maintenance.flush(List.of("customer")))
                .withMessageContaining("order");
        assertThat(database.query("SELECT id FROM \"order\"")).hasSize(1);
    }

    @Test
    void saysHowItWouldResetASequence() {
        database.execute("INSERT INTO customer VALUES (10, 'ten')");

        assertThat(maintenance.sequenceResetSql("customer")).hasSize(1);

        assertThat(newCustomer()).isEqualTo(1);
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
