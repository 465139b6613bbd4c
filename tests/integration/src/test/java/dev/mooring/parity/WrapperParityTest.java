package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.NotSupportedException;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.ServerVersion;
import org.junit.jupiter.api.Test;

/** The wrapper and its backend: Django's {@code tests/backends/base}. */
@EveryWorld
class WrapperParityTest extends ParityContract {

    @Test
    @Django("BW-01")
    void saysWhatItIs() {
        assertThat(databases.get())
                .hasToString("DatabaseWrapper[default, %s]"
                        .formatted(settings().build().engine()));
    }

    @Test
    @Django("BW-05")
    void takesAnyVersionUnlessThereIsALeast() {
        try (Databases any = needing(0, world, settings().build())) {
            assertThat(any.query("SELECT 1 AS one")).hasSize(1);
            any.closeAll();
        }
        assertThat(Probes.real(World.SQLITE_OPERATION)
                        .create(World.SQLITE_OPERATION.settings(directory).build())
                        .minimumVersion())
                .as("SQLite comes with its driver")
                .isEmpty();
    }

    @Test
    @Django(
            value = "BW-20",
            better =
                    "Checked for each connection, since it costs nothing: what answers at an address may be another server"
                            + " tomorrow")
    void checksTheVersion() {
        try (Databases tooOld = needing(999, world, settings().build())) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatExceptionOfType(NotSupportedException.class)
                        .isThrownBy(() -> tooOld.query("SELECT 1 AS one"))
                        .withMessageMatching(
                                "Database 'default' needs (PostgreSQL|SQLite|MariaDB) 999.0 or later, but found"
                                        + " [0-9]+\\.[0-9]+; update the server");
            }
            assertThat(tooOld.using("default").counts().open()).isZero();
        }
    }

    /** {@return databases whose server has to be that new; any will do for 0} */
    static Databases needing(int major, World world, DatabaseSettings settings) {
        BackendProvider real = Probes.real(world);
        BackendProvider demanding = new BackendProvider() {
            @Override
            public String engine() {
                return real.engine();
            }

            @Override
            public Backend create(DatabaseSettings created) {
                return real.create(created).toBuilder()
                        .minimumVersion(new ServerVersion(major, 0))
                        .build();
            }
        };
        return Databases.builder().add(settings).backend(demanding).build();
    }
}
