package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettingsBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteSessionFunctionTest extends SessionFunctionContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(directory);
    }

    @Override
    String table() {
        return "CREATE TABLE numbered (id integer PRIMARY KEY, a integer)";
    }

    @Override
    List<String> reading() {
        return List.of(
                "SELECT last_insert_rowid()",
                "select Changes ( )",
                "SELECT total_changes() AS n",
                "INSERT INTO numbered (a) VALUES (last_insert_rowid()) RETURNING id",
                "REPLACE INTO numbered (a) SELECT last_insert_rowid() RETURNING last_insert_rowid()",
                "UPDATE numbered SET a = a RETURNING last_insert_rowid()",
                "INSERT INTO numbered (id, a) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET a = 3"
                        + " RETURNING last_insert_rowid()",
                // It counts at the end of the statement, so this is what the one before has changed.
                "INSERT INTO numbered (a) VALUES (1) RETURNING changes()");
    }

    @Override
    List<String> filling() {
        return List.of("CREATE TABLE filled AS SELECT last_insert_rowid() AS a");
    }

    @Override
    List<String> ofOwnRow() {
        return List.of(
                "INSERT INTO numbered (a) VALUES (1) RETURNING last_insert_rowid() AS made, id",
                "REPLACE INTO numbered (a) VALUES (2) RETURNING abs(last_insert_rowid()) AS made, id",
                "INSERT OR IGNORE INTO numbered (a) VALUES (3), (4) RETURNING last_insert_rowid() AS made, id",
                "WITH q AS (SELECT 5 AS a) INSERT INTO numbered (a) SELECT a FROM q"
                        + " RETURNING last_insert_rowid() AS made, id");
    }

    @Override
    List<String> harmless() {
        return List.of(
                "SELECT 'ATTACH' AS attach",
                "PRAGMA foreign_keys",
                "PRAGMA user_version = 3",
                "PRAGMA journal_mode = WAL",
                "PRAGMA main.table_info(numbered)",
                "CREATE VIEW IF NOT EXISTS defined AS SELECT last_insert_rowid() AS n",
                "CREATE TABLE IF NOT EXISTS \"temp.x\" (temp integer)");
    }

    @Override
    List<String> ofTransaction() {
        return List.of("PRAGMA defer_foreign_keys = ON");
    }

    @Override
    List<String> preparing() {
        return List.of(
                "CREATE TEMP TABLE mine (a integer)",
                "create temporary view my_view as select 1",
                "CREATE TABLE temp.mine2 (a integer)",
                "CREATE TABLE IF NOT EXISTS \"temp\".mine3 (a integer)",
                "CREATE VIEW [temp].mine4 AS SELECT 1",
                "CREATE TEMP TRIGGER mine5 AFTER INSERT ON numbered BEGIN SELECT 1; END",
                "ATTACH DATABASE ':memory:' AS other",
                "PRAGMA foreign_keys = OFF",
                "PRAGMA journal_mode = memory",
                "PRAGMA main . cache_size(100)",
                "pragma \"synchronous\" = OFF",
                "PRAGMA recursive_triggers = on");
    }
}
