package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.ProgrammingException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PostgresSessionFunctionTest extends SessionFunctionContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }

    @Override
    String table() {
        return "CREATE TABLE numbered (id serial PRIMARY KEY, a integer)";
    }

    @Override
    List<String> reading() {
        return List.of(
                "SELECT lastval()",
                "select pg_catalog.\"lastval\" ( )",
                "SELECT currval(pg_get_serial_sequence('numbered', 'id'))",
                "INSERT INTO numbered (a) VALUES (currval('numbered_id_seq')) RETURNING id");
    }

    @Override
    List<String> preparing() {
        return List.of(
                "SELECT pg_advisory_lock(4711)",
                "SELECT pg_try_advisory_lock_shared(4712)",
                "CREATE TEMP TABLE mine (a integer)",
                "CREATE /* c */ LOCAL TEMPORARY TABLE mine2 (a integer)",
                "PREPARE mine AS SELECT 1",
                "LISTEN news",
                "DECLARE mine CURSOR WITH HOLD FOR SELECT 1");
    }

    @Test
    @DisplayName(
            "SET LOCAL outside a transaction has no effect and is refused; inside it lasts as long as the transaction")
    void setsForATransaction() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases().execute("SET LOCAL app.tenant = 'alice'"))
                .withMessageContaining("into atomic");

        databases().atomic(() -> {
            databases().query("SELECT set_config('app.tenant', %s, true)", "alice");
            assertThat(tenant()).isEqualTo("alice");
        });
        assertThat(tenant()).isNotEqualTo("alice");
    }

    @Test
    @DisplayName("With resetSessionAfterUse nobody sees what a function of another's set in the session")
    void resetsAfterUse() throws Exception {
        databases()
                .execute("CREATE OR REPLACE FUNCTION be(who text) RETURNS text LANGUAGE SQL AS"
                        + " $$ SELECT set_config('app.tenant', who, false) $$");
        for (LeaseScope scope : List.of(LeaseScope.OPERATION, LeaseScope.REQUEST)) {
            try (Databases careful = Databases.of(settings()
                    .maxConnections(1)
                    .leaseScope(scope)
                    .resetSessionAfterUse(true)
                    .build())) {
                long pid = number(careful, "SELECT pg_backend_pid() AS n");
                careful.query("SELECT be('alice')");
                careful.atomic(() -> careful.query("SELECT be('bob')"));
                careful.callInUnitOfWork(() -> careful.query("SELECT be('carol')"))
                        .call();

                assertThat(careful.query("SELECT coalesce(current_setting('app.tenant', true), '') AS tenant")
                                .get(0)
                                .getString("tenant"))
                        .isEmpty();
                assertThat(number(careful, "SELECT pg_backend_pid() AS n")).isEqualTo(pid);
            }
        }
    }

    private static long number(Databases databases, String sql) {
        return databases.query(sql).get(0).getLong("n");
    }

    private Object tenant() {
        return databases()
                .query("SELECT coalesce(current_setting('app.tenant', true), '') AS tenant")
                .get(0)
                .getString("tenant");
    }
}
