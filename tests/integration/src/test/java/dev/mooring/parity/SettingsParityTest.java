package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ConnectionDoesNotExistException;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.kit.Eventually;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Settings and aliases: Django's {@code tests/db_utils}, and {@code tests/servers}. */
@EveryWorld
class SettingsParityTest extends ParityContract {

    @Test
    @Django(value = "EX-01", better = "Refused when the databases are made, not by the first query")
    void mustNameAnEngine() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> Databases.of(settings().engine("").build()))
                .withMessageContaining("engine");
    }

    @Test
    @Django(value = "EX-02", better = "Refused when the databases are made, not by the first query")
    void mustHaveADefault() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(Databases::of)
                .withMessageContaining("No database has the alias 'default'");
    }

    @Test
    @Django("EX-03")
    void areThereToBeRead() {
        DatabaseSettings settings = settings().build();
        try (Databases read = Databases.of(settings)) {
            assertThat(read.aliases()).containsExactly("default");
            assertThat(read.using("default").settings()).isSameAs(settings);
        }
    }

    @Test
    @Django("EX-04")
    void knowNoOtherAlias() {
        assertThatExceptionOfType(ConnectionDoesNotExistException.class)
                .isThrownBy(() -> databases.get("nonexistent"))
                .withMessageContaining("'nonexistent'");
    }

    @Test
    @Django("EX-05")
    void leadErrorsBackToTheDriver() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> databases.query("SELECT nonsense FROM nobody"))
                .withCauseInstanceOf(SQLException.class);
    }

    @Test
    @Django(value = "EX-06", differs = "Those that were found on the class or module path")
    void listTheBackendsThereAre() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> Databases.of(settings().engine("blah").build()))
                .withMessageContaining("'blah'")
                .withMessageContaining("postgresql")
                .withMessageContaining("sqlite3");
    }

    @Test
    @Django(
            value = "EX-25",
            better =
                    "Whatever server it is: a thread that ends keeps no connection, though it never said so and the age has"
                            + " no limit")
    void leaveNothingWithAThreadThatEnded() throws Exception {
        databases.closeAll();
        try (Databases server = Databases.of(settings().connMaxAgeUnlimited().build())) {
            for (int request = 0; request < 2; request++) {
                Thread thread = new Thread(() -> server.query("SELECT 1 AS one"));
                thread.start();
                thread.join();
            }

            Eventually.passes(
                    () -> assertThat(server.using("default").counts().leased()).isZero());
        }
    }
}
