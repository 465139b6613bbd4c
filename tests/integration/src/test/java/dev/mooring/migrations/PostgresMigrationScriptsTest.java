package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.kit.Eventually;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("PostgreSQL: migrations written as SQL")
class PostgresMigrationScriptsTest extends MigrationScriptsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }

    @Test
    @DisplayName(
            "Settings of the session, the role and the search path reach neither the next migration nor the ledger")
    void keepsSettingsToOneMigration() throws IOException {
        write("0001_initial.sql", """
                CREATE SCHEMA app;
                CREATE TABLE app.django_migrations (id serial, app text, name text, applied timestamptz);
                CREATE ROLE careful_migrator;
                GRANT USAGE, CREATE ON SCHEMA app TO careful_migrator;
                SET search_path TO app;
                SET session_replication_role TO replica;
                SET ROLE careful_migrator;
                CREATE TABLE t (id integer);
                -- reverse
                SET search_path TO app;
                DROP TABLE t;
                """);
        write(
                "0002_more.sql",
                "-- depends: shop.0001_initial\n-- atomic: false\nSET search_path TO app;\n"
                        + "SELECT set_config('search_path', '', false);\nDO $$ BEGIN PERFORM set_config('a.b', 'c', false); END $$;");
        write(
                "0003_more.sql",
                "-- depends: shop.0002_more\nCREATE TABLE u AS SELECT current_user::text AS u,"
                        + " current_setting('search_path') AS s, current_setting('session_replication_role') AS r,"
                        + " coalesce(current_setting('a.b', true), '') AS b;");

        executor(files()).migrate(MigrationListener.none());

        assertThat(databases.query("SELECT u, s, r, b FROM public.u").get(0).toString())
                .contains("postgres", "\"$user\", public", "origin")
                .doesNotContain("b=c");
        assertThat(databases.query("SELECT name FROM public.django_migrations")).hasSize(3);
        assertThat(databases.query("SELECT name FROM app.django_migrations")).isEmpty();
        // The server releases the lock once it has noticed that the session was closed. The kit has locks of its own
        // elsewhere.
        Eventually.passes(() -> assertThat(databases.query("""
                        SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                        WHERE l.locktype = 'advisory' AND d.datname = current_database()""")).isEmpty());
    }

    @Test
    @DisplayName("A lone carriage return ends a comment, as the server reads it")
    void readsCarriageReturns() throws IOException {
        write("0001_initial.sql", "-- seed\rCREATE TABLE t (id integer);\r-- reverse\rDROP TABLE t;\r");

        executor(files()).migrate(MigrationListener.none());

        assertThat(databases.query("SELECT * FROM t -- all\rWHERE id = %s", 1)).isEmpty();
        assertThat(databases.query("SELECT 1 AS a -- all\r, 1 + 1 AS b").get(0).getInt("b"))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("Names like begin, bodies of functions, and nested comments are read as PostgreSQL reads them")
    void readsWhatPostgresReads() throws IOException {
        write("0001_initial.sql", """
                /* licence /* of */ ours; */
                CREATE TABLE t (begin integer, case_ integer);
                CREATE FUNCTION begin(begin integer) RETURNS integer LANGUAGE sql
                BEGIN ATOMIC
                    SELECT CASE begin WHEN 1 THEN 2 END;
                    SELECT begin + 1;
                END;
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RETURN NEW; END $body$;
                CREATE TRIGGER begin AFTER UPDATE OF begin ON t FOR EACH ROW EXECUTE FUNCTION touch();
                INSERT INTO t VALUES (begin(1), 2);
                UPDATE t SET begin = begin + 1;
                """);

        executor(files()).migrate(MigrationListener.none());

        assertThat(databases.query("SELECT * FROM t WHERE begin = 3")).hasSize(1);
    }

    @Test
    @DisplayName("A statement that runs in no transaction is an error that says how to have none")
    void saysHowToHaveNoTransaction() {
        databases.execute("CREATE TABLE t (id integer)");
        databases.execute("CREATE TYPE mood AS ENUM ('sad')");
        for (String statement : List.of(
                "CREATE INDEX CONCURRENTLY i ON t (id)",
                "DROP INDEX CONCURRENTLY IF EXISTS i; SELECT 1",
                "VACUUM t",
                "CREATE DATABASE never_made",
                "ALTER SYSTEM SET work_mem = '5MB'",
                "REINDEX TABLE CONCURRENTLY t",
                "DO $$ BEGIN COMMIT; END $$",
                "ALTER TYPE mood ADD VALUE 'ok'; SELECT 'ok'::mood")) {
            Migration migration = Migration.of("a", "0001_x").with(Operations.sql("SELECT 1;\n" + statement));
            assertThatExceptionOfType(DatabaseException.class)
                    .as(statement)
                    .isThrownBy(() -> executor(List.of(migration)).migrate(MigrationListener.none()))
                    .withMessageContainingAll(
                            "SQL of migration a.0001_x:2: ", "nonAtomic() for the migration a.0001_x");
        }
    }
}
