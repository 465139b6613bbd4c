package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ProgrammingException;
import dev.mooring.transactions.TestDatabases;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What PostgreSQL calls a parameter is none of ours. */
@Tag("wrong-answers")
class PostgresPlaceholdersTest extends PersonTable {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }

    @Test
    @DisplayName("$1 beside %s is refused by name, and does not stand for the first of the parameters")
    void refusesNumberedParametersBesideOurs() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query("SELECT $1::int, %s::int", 5))
                .withMessageContaining("'$1'");
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.query("SELECT $1::int"))
                .withMessageContaining("$1");
    }

    @Test
    @DisplayName("$1 in PREPARE, in texts, dollar quotes and names is left alone")
    void leavesOthersAlone() {
        try (Lease lease = databases.get().hold()) {
            databases.execute("PREPARE adding(int) AS SELECT $1 + 1 AS sum");
            assertThat(databases.query("EXECUTE adding(4)").get(0).getInt("sum"))
                    .isEqualTo(5);
            assertThat(lease).isNotNull();
        }
        assertThat(databases
                        .query("SELECT '$1' AS a, $$it is $1$$ AS b, %s::int AS c$1 -- $1", 5)
                        .get(0)
                        .values())
                .containsExactly("$1", "it is $1", 5);
        assertThat(databases
                        .query("SELECT jsonb_build_object('a', 1) ? 'a' AS has, %s::int", 5)
                        .get(0)
                        .get("has"))
                .isEqualTo(true);
    }
}
