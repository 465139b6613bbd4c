package dev.mooring.sessions;

import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

@DisplayName("On PostgreSQL, one user's session is not another's")
class PostgresSessionIsolationTest extends SessionIsolationContract {

    private static final DatabaseSettings DATABASE = EmptyDatabases.postgres();

    @Override
    DatabaseSettings settings(Path directory) {
        try (Databases databases = Databases.of(DATABASE)) {
            databases.execute("CREATE TABLE IF NOT EXISTS item (id integer PRIMARY KEY, name text)");
            databases.execute("DROP ROLE IF EXISTS guest");
            databases.execute("CREATE ROLE guest");
        }
        return DATABASE;
    }

    @Override
    List<List<String>> changes() {
        return List.of(
                List.of("SET work_mem = '8MB'"),
                List.of("SET SESSION work_mem = '8MB'"),
                List.of("/* hidden */ SET work_mem = '8MB'"),
                List.of("SET TIME ZONE 'Asia/Tokyo'"),
                List.of("SET search_path TO pg_catalog"),
                List.of("SET SCHEMA 'pg_catalog'"),
                List.of("SET NAMES 'UTF8'", "SET DateStyle = 'German, DMY'", "SET IntervalStyle = 'iso_8601'"),
                List.of(
                        "SET extra_float_digits = 0",
                        "SET bytea_output = 'escape'",
                        "SET standard_conforming_strings = off"),
                List.of("SET app.tenant = 'alice'"),
                List.of("SELECT set_config('app.tenant', 'alice', false)"),
                List.of("WITH s AS (SELECT set_config('work_mem', '8MB', false)) SELECT * FROM s"),
                List.of("UPDATE pg_settings SET setting = '8192' WHERE name = 'work_mem'"),
                List.of("SET statement_timeout = 12345", "SET lock_timeout = 12345", "SET transaction_timeout = 0"),
                List.of("RESET ALL", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"),
                List.of("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE"),
                List.of("SET ROLE guest"),
                List.of("SET SESSION AUTHORIZATION guest"),
                List.of("SET session_replication_role = replica"),
                List.of("SET default_transaction_read_only = on"),
                List.of("SELECT setseed(0.5)"),
                List.of("LISTEN news"),
                List.of("LISTEN news", "NOTIFY news, 'secret'"),
                List.of("LISTEN news", "SELECT pg_notify('news', 'secret')", "UNLISTEN *"),
                List.of("DO $$ BEGIN RAISE WARNING 'secret of row 1'; END $$"),
                List.of("CREATE TEMP TABLE scratch (id integer)"),
                List.of("CREATE TEMPORARY VIEW scratch_view AS SELECT 1 AS one"),
                List.of("CREATE TABLE pg_temp.scratch (id integer)"),
                List.of("SELECT 1 AS one INTO TEMP scratch"),
                List.of("CREATE TEMP SEQUENCE scratch_seq"),
                List.of("CREATE FUNCTION pg_temp.scratch() RETURNS integer LANGUAGE sql AS 'SELECT 1'"),
                List.of("PREPARE mine AS SELECT 1"),
                List.of("DECLARE mine CURSOR WITH HOLD FOR SELECT 1"),
                List.of("SELECT pg_advisory_lock(1)"),
                List.of("SELECT pg_try_advisory_lock_shared(2)"),
                List.of("LOAD 'auto_explain'", "SET auto_explain.log_min_duration = 0"),
                List.of("BEGIN", "SET LOCAL work_mem = '8MB'", "SET work_mem = '9MB'", "COMMIT"),
                List.of("BEGIN"),
                List.of("BEGIN READ ONLY", "SELECT 1"),
                List.of("BEGIN", "SELECT nonsense"),
                List.of("COPY item FROM STDIN"));
    }

    @Override
    Class<? extends Connection> driverType() {
        return PgConnection.class;
    }

    @Override
    Map<String, Object> look(Databases databases) throws SQLException {
        Map<String, Object> seen = new LinkedHashMap<>();
        try (Connection connection = databases.dataSource().getConnection()) {
            seen.put("warnings", String.valueOf(connection.getWarnings()));
            seen.put("autocommit", connection.getAutoCommit());
            seen.put("read-only", connection.isReadOnly());
            seen.put("isolation", connection.getTransactionIsolation());
            for (Row row : databases.query("SELECT name, setting FROM pg_settings WHERE source = 'session'")) {
                seen.put("setting " + row.get(0), row.get(1));
            }
            seen.put(
                    "in transaction",
                    !databases
                            .query("SELECT 1 AS a WHERE now() <> statement_timestamp()")
                            .isEmpty());
            seen.put("tenant", databases.query("SELECT nullif(current_setting('app.tenant', true), '') AS t"));
            seen.put("roles", databases.query("SELECT current_user AS c, session_user AS s"));
            seen.put("channels", databases.query("SELECT pg_listening_channels() AS c"));
            seen.put("prepared", databases.query("SELECT name FROM pg_prepared_statements WHERE from_sql"));
            seen.put("cursors", databases.query("SELECT name FROM pg_cursors WHERE is_holdable"));
            seen.put(
                    "temporary",
                    databases.query("SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()"));
            seen.put(
                    "functions",
                    databases.query("SELECT proname FROM pg_proc WHERE pronamespace = pg_my_temp_schema()"));
            seen.put(
                    "locks",
                    databases.query(
                            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"));
            PgConnection driver = connection.unwrap(PgConnection.class);
            seen.put("notifications", driver.unwrap(PGConnection.class).getNotifications().length);
            seen.putAll(Setters.read(driver));
        }
        seen.replaceAll((name, value) -> String.valueOf(value));
        return seen;
    }
}
