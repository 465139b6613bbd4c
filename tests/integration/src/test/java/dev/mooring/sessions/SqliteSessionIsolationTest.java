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
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.sqlite.SQLiteConnection;

@DisplayName("On SQLite, one user's session is not another's")
class SqliteSessionIsolationTest extends SessionIsolationContract {

    /** Those that do something, or that say what the file has. */
    private static final Set<String> NOT_READ = Set.of(
            "incremental_vacuum",
            "integrity_check",
            "quick_check",
            "foreign_key_check",
            "optimize",
            "wal_checkpoint",
            "shrink_memory",
            "data_version",
            "schema_version",
            "page_count",
            "freelist_count",
            "journal_mode",
            "module_list",
            "table_list");

    @Override
    DatabaseSettings settings(Path directory) {
        DatabaseSettings settings = EmptyDatabases.sqlite(directory).toBuilder()
                .option("synchronous", "OFF")
                .build();
        try (Databases databases = Databases.of(settings)) {
            databases.execute("CREATE TABLE item (id integer PRIMARY KEY, name text)");
        }
        return settings;
    }

    @Override
    List<List<String>> changes() {
        return List.of(
                List.of("PRAGMA foreign_keys = OFF"),
                List.of("/* hidden */ PRAGMA foreign_keys = OFF"),
                List.of("PRAGMA query_only = ON"),
                List.of("PRAGMA busy_timeout = 12345"),
                List.of("PRAGMA cache_size = 17"),
                List.of("PRAGMA synchronous = EXTRA"),
                List.of("PRAGMA recursive_triggers = ON"),
                List.of("PRAGMA defer_foreign_keys = ON"),
                List.of("PRAGMA ignore_check_constraints = ON"),
                List.of("PRAGMA reverse_unordered_selects = ON"),
                List.of("PRAGMA case_sensitive_like = ON"),
                List.of("PRAGMA read_uncommitted = ON"),
                List.of("PRAGMA secure_delete = ON"),
                List.of("PRAGMA temp_store = MEMORY"),
                List.of("PRAGMA trusted_schema = ON"),
                List.of("PRAGMA writable_schema = ON"),
                List.of("PRAGMA locking_mode = EXCLUSIVE"),
                List.of("PRAGMA wal_autocheckpoint = 17"),
                List.of("PRAGMA mmap_size = 65536"),
                List.of("EXPLAIN PRAGMA cache_size = 88"),
                List.of("EXPLAIN /* c */ QUERY PLAN PRAGMA foreign_keys = OFF"),
                List.of("explain pragma recursive_triggers(ON)"),
                List.of("SELECT * FROM pragma_busy_timeout(12345)"),
                List.of("ATTACH ':memory:' AS other"),
                List.of("CREATE TEMP TABLE scratch (id integer)"),
                List.of("CREATE TEMPORARY VIEW scratch_view AS SELECT 1 AS one"),
                List.of("CREATE TABLE temp.scratch (id integer)"),
                List.of("CREATE TEMP TRIGGER scratch AFTER INSERT ON item BEGIN SELECT 1; END"),
                List.of("BEGIN"),
                List.of("BEGIN IMMEDIATE", "INSERT INTO item VALUES (1, 'left open')"),
                List.of("SAVEPOINT mine", "INSERT INTO item VALUES (2, 'left open')"));
    }

    @Override
    Class<? extends Connection> driverType() {
        return SQLiteConnection.class;
    }

    @Override
    Map<String, Object> look(Databases databases) throws SQLException {
        Map<String, Object> seen = new LinkedHashMap<>();
        try (Connection connection = databases.dataSource().getConnection()) {
            seen.put("autocommit", connection.getAutoCommit());
            seen.put("read-only", connection.isReadOnly());
            seen.put("isolation", connection.getTransactionIsolation());
            for (Row pragma : databases.query("SELECT name FROM pragma_pragma_list ORDER BY name")) {
                if (!NOT_READ.contains(pragma.getString("name"))) {
                    seen.put("pragma " + pragma.get(0), databases.query("PRAGMA " + pragma.get(0)));
                }
            }
            seen.put("temporary", databases.query("SELECT name FROM temp.sqlite_master"));
            seen.put("items", databases.query("SELECT id FROM item"));
            seen.put("writes", databases.execute("UPDATE item SET name = 'x' WHERE id = 99"));
            seen.putAll(Setters.read(connection.unwrap(SQLiteConnection.class)));
        }
        seen.replaceAll((name, value) -> String.valueOf(value));
        return seen;
    }
}
