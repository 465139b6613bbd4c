package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
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
                "INSERT INTO numbered (a) VALUES (currval('numbered_id_seq')) RETURNING id",
                "INSERT INTO numbered (a) VALUES (lastval()) RETURNING id, lastval()",
                "INSERT INTO numbered (a) SELECT lastval() RETURNING (SELECT lastval())",
                "UPDATE numbered SET a = 1 RETURNING lastval()",
                "WITH q AS (INSERT INTO numbered (a) VALUES (2) RETURNING id) SELECT lastval() FROM q",
                "EXPLAIN ANALYZE SELECT lastval()",
                "SELECT a, lastval() FROM numbered");
    }

    @Override
    List<String> filling() {
        return List.of(
                "CREATE TABLE filled AS SELECT lastval()",
                "CREATE UNLOGGED TABLE IF NOT EXISTS filled (a) AS SELECT currval('numbered_id_seq')");
    }

    @Override
    List<String> ofOwnRow() {
        return List.of(
                "INSERT INTO numbered (a) VALUES (1) RETURNING lastval() AS made, id",
                "INSERT INTO numbered (a) VALUES (2) RETURNING coalesce(currval('numbered_id_seq'), 0) AS made, id",
                "INSERT INTO numbered (a) SELECT 3 RETURNING (SELECT lastval()) AS made, id",
                "WITH q AS (INSERT INTO numbered (a) VALUES (4) RETURNING lastval() AS made, id) SELECT made, id"
                        + " FROM q");
    }

    @Override
    List<String> harmless() {
        return List.of(
                "SELECT note FROM (SELECT 'set_config(1)' AS note) AS temp",
                "SELECT set_config('app.tenant', 'x', true), current_setting('app.tenant') FROM numbered",
                "DELETE FROM numbered WHERE pg_try_advisory_xact_lock(id)",
                "SELECT setseed(0.5), random()",
                "CREATE OR REPLACE VIEW defined AS SELECT lastval() AS n",
                "CREATE OR REPLACE FUNCTION listed() RETURNS TABLE (n bigint) LANGUAGE SQL AS 'SELECT lastval()'",
                "CREATE TABLE IF NOT EXISTS currval (a integer)",
                "INSERT INTO currval (a) VALUES (1)",
                "INSERT INTO public.currval(a) SELECT 2",
                "WITH currval (a) AS (SELECT 1) SELECT a FROM currval",
                "SELECT n FROM generate_series(1, 2) AS currval (n)",
                "CREATE SCHEMA IF NOT EXISTS own",
                "CREATE OR REPLACE FUNCTION own.currval(a integer) RETURNS integer LANGUAGE SQL RETURN a",
                "CREATE OR REPLACE FUNCTION own.lastval() RETURNS integer LANGUAGE SQL RETURN 1",
                "CREATE OR REPLACE FUNCTION own.set_config(a integer) RETURNS integer LANGUAGE SQL RETURN a",
                "SELECT own.currval(1), \"own\" . lastval(), own.set_config(2)",
                "SET CONSTRAINTS ALL IMMEDIATE",
                "RESET ALL",
                "UNLISTEN *",
                "DISCARD PLANS");
    }

    @Override
    List<String> ofTransaction() {
        return List.of(
                "SET LOCAL app.tenant = 'alice'",
                "SET CONSTRAINTS ALL DEFERRED",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "SELECT set_config('app.tenant', 'alice', true)",
                "SELECT set_config('app.tenant', %s, TRUE), pg_catalog.set_config('app.other', upper(%s), 't')"
                        .replace("%s", "'bob'"),
                "SELECT pg_advisory_xact_lock(1)",
                "SELECT pg_advisory_xact_lock_shared(2)",
                "SELECT pg_try_advisory_xact_lock(3) AS locked",
                "SELECT a FROM numbered WHERE pg_try_advisory_xact_lock_shared(id)");
    }

    @Override
    List<String> preparing() {
        return List.of(
                "SET search_path TO public",
                "set session work_mem = '1MB'",
                "SET \"app\".tenant = 'alice'",
                "SET TIME ZONE 'UTC'",
                "SET ROLE NONE",
                "SET SESSION AUTHORIZATION DEFAULT",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
                "SELECT set_config('app.tenant', 'alice', false)",
                "INSERT INTO numbered (a) SELECT length(set_config('app.tenant', 'alice', a > 0)) FROM numbered",
                "UPDATE pg_settings SET setting = '1MB' WHERE name = 'work_mem'",
                "SELECT setseed(0.5)",
                "SELECT 1 AS a INTO TEMP mine3",
                "WITH q AS (SELECT 1 AS a) SELECT a INTO LOCAL TEMPORARY TABLE mine4 FROM q",
                "SELECT 1 AS a INTO pg_temp.mine5",
                "CREATE TABLE pg_temp.mine6 (a integer)",
                "CREATE TEMP TABLE mine7 AS SELECT 1 AS a",
                "SELECT pg_advisory_lock(4711)",
                "SELECT \"pg_catalog\".pg_advisory_lock(4713)",
                "SELECT pg_try_advisory_lock_shared(4712)",
                "CREATE TEMP TABLE mine (a integer)",
                "CREATE /* c */ LOCAL TEMPORARY TABLE mine2 (a integer)",
                "PREPARE mine AS SELECT 1",
                "LISTEN news",
                "DECLARE mine CURSOR WITH HOLD FOR SELECT 1");
    }

    @Test
    @DisplayName("What is set for the transaction lasts as long as the transaction")
    void setsForATransaction() {
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
