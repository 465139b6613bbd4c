package dev.mooring.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.ProgrammingException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database that lives in its one connection, and two databases that are one file. */
class SqliteMemoryTest {

    @Test
    void keepsItsDataThroughErrorsAndForgottenTransactions() throws Exception {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl("sqlite://:memory:"))) {
            databases.execute("CREATE TABLE t (a integer)");
            assertThat(databases.query("INSERT INTO t VALUES (%s)", 1)).isEmpty();
            assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> databases.query("SELECT %s", 1, 2));
            Thread careless = new Thread(() -> databases.execute("BEGIN"));
            careless.start();
            careless.join();

            databases.atomic(() -> databases.execute("INSERT INTO t VALUES (%s)", 2));

            assertThat(databases.query("SELECT count(*) AS n FROM t").get(0).getLong("n"))
                    .isEqualTo(2);
        }
    }

    @Test
    void isToldOfAWaitForItselfAtOnce(@TempDir Path folder) {
        String file = folder.resolve("shop.db").toString();
        try (Databases databases = Databases.of(settings("default", file), settings("other", file))) {
            databases.execute("CREATE TABLE t (a integer)");

            databases.atomic(() -> assertThatExceptionOfType(LeaseTimeoutException.class)
                    .isThrownBy(() -> databases.using("other").execute("INSERT INTO t VALUES (1)"))
                    .withMessageContaining("could never end"));
        }
    }

    @Test
    void seesATableThatWasMadeAgain(@TempDir Path folder) {
        String file = folder.resolve("shop.db").toString();
        try (Databases databases = Databases.of(settings("default", file));
                Databases others = Databases.of(settings("default", file))) {
            databases.execute("CREATE TABLE t (a datetime)");
            assertThat(databases.query("SELECT a FROM t")).isEmpty();
            others.execute("DROP TABLE t");
            others.execute("CREATE TABLE t (a text)");
            others.execute("INSERT INTO t VALUES (%s)", "plain");

            assertThat(databases.query("SELECT a FROM t").get(0).getString("a")).isEqualTo("plain");
        }
    }

    private static DatabaseSettings settings(String alias, String file) {
        return DatabaseSettings.builder(alias).engine("sqlite3").name(file).build();
    }
}
