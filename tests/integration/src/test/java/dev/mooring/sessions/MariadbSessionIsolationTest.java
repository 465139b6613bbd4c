package dev.mooring.sessions;

import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.transactions.RequiresMariadb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On MariaDB, one user's session is not another's")
@RequiresMariadb
class MariadbSessionIsolationTest extends SessionIsolationContract {

    private DatabaseSettings database;

    @Override
    DatabaseSettings settings(Path directory) {
        if (database == null) {
            database = EmptyDatabases.mariadb();
        }
        try (Databases databases = Databases.of(database)) {
            databases.execute("CREATE TABLE IF NOT EXISTS item (id integer PRIMARY KEY, name text)");
            databases.execute(
                    "CREATE OR REPLACE PROCEDURE changing() BEGIN SET SESSION max_recursive_iterations = 7; SET @own = 7; END");
            databases.execute("CREATE ROLE IF NOT EXISTS guest");
            databases.execute("GRANT guest TO CURRENT_USER");
        }
        return database;
    }

    @Override
    List<List<String>> changes() {
        return List.of(
                List.of("SET SESSION max_recursive_iterations = 7"),
                List.of("/* hidden */ SET max_recursive_iterations = 7"),
                List.of("/*! SET max_recursive_iterations = 7 */"),
                List.of("SET time_zone = '+09:00'"),
                List.of("SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'"),
                List.of("SET NAMES latin1"),
                List.of("SET CHARACTER SET latin1"),
                List.of("SET @@session.lc_time_names = 'de_DE', @@local.auto_increment_increment = 3"),
                List.of("SET @tenant = 'alice'"),
                List.of("SELECT 'alice' INTO @tenant"),
                List.of("SELECT @tenant := 'alice'"),
                List.of("DO @tenant := 'alice'"),
                List.of("CALL changing()"),
                List.of("USE mysql"),
                List.of("SET ROLE guest"),
                List.of("SET foreign_key_checks = 0", "SET unique_checks = 0"),
                List.of(
                        "SET max_statement_time = 12",
                        "SET lock_wait_timeout = 12",
                        "SET innodb_lock_wait_timeout = 12"),
                List.of("SET SESSION TRANSACTION READ ONLY"),
                List.of("SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE"),
                List.of("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"),
                List.of("SET TRANSACTION READ ONLY"),
                List.of("SET last_insert_id = 4711", "SET insert_id = 4711", "SET timestamp = 1"),
                List.of("SET rand_seed1 = 5", "SET rand_seed2 = 6"),
                List.of("SELECT get_lock('mine', 0)"),
                List.of("DO get_lock('mine', 0)"),
                List.of("CREATE TEMPORARY TABLE scratch (id integer)"),
                List.of("CREATE OR REPLACE TEMPORARY TABLE item (id integer)"),
                List.of("PREPARE mine FROM 'SELECT 1'"),
                List.of("EXECUTE IMMEDIATE 'SET @tenant = 1'"),
                List.of("HANDLER item OPEN"),
                List.of("LOCK TABLES item WRITE"),
                List.of("FLUSH TABLES item WITH READ LOCK"),
                List.of("BEGIN"),
                List.of("START TRANSACTION READ ONLY", "SELECT 1"),
                List.of("START TRANSACTION WITH CONSISTENT SNAPSHOT"),
                List.of("SET autocommit = 0"),
                List.of("SET autocommit = 0", "INSERT INTO item VALUES (1, 'secret')"),
                // Each is run twice in one unit, and a second BEGIN commits.
                List.of("ROLLBACK", "BEGIN", "INSERT INTO item VALUES (1, 'secret')", "SET completion_type = 1"),
                List.of("ROLLBACK", "BEGIN", "INSERT INTO item VALUES (1, 'secret')", "SET completion_type = 2"),
                List.of("XA START 'mine'"));
    }

    @Override
    Class<? extends Connection> driverType() {
        return org.mariadb.jdbc.Connection.class;
    }

    @Override
    Map<String, Object> look(Databases databases) throws SQLException {
        Map<String, Object> seen = new LinkedHashMap<>();
        try (Connection connection = databases.dataSource().getConnection()) {
            seen.put("autocommit", connection.getAutoCommit());
            seen.put("read-only", connection.isReadOnly());
            seen.put("isolation", connection.getTransactionIsolation());
            seen.put("catalog", connection.getCatalog());
            seen.put("database", databases.query("SELECT database() AS d"));
            for (Row row :
                    databases.query("SELECT variable_name, variable_value FROM information_schema.session_variables"
                            + " WHERE variable_name NOT IN ('TIMESTAMP', 'PSEUDO_THREAD_ID', 'RAND_SEED1', 'RAND_SEED2',"
                            + " 'LAST_GTID', 'WARNING_COUNT', 'ERROR_COUNT', 'IN_TRANSACTION', 'GTID_BINLOG_POS')"
                            + " AND variable_name NOT LIKE 'gtid%'"
                            + " AND variable_name NOT LIKE 'innodb_buffer%' ORDER BY variable_name")) {
                seen.put("variable " + row.get(0), row.get(1));
            }
            seen.put("old clock", databases.query("SELECT now() < '2000-01-01' AS old"));
            seen.put("in transaction", databases.query("SELECT @@in_transaction AS t"));
            seen.put("variables of the user's", databases.query("SELECT @tenant AS t, @own AS o"));
            seen.put("role", databases.query("SELECT current_role() AS r"));
            seen.put("lock", databases.query("SELECT is_used_lock('mine') AS l"));
            seen.put("rows", databases.query("SELECT id, name FROM item"));
            seen.put(
                    "temporary",
                    databases.query("SELECT table_name FROM information_schema.tables WHERE table_schema = database()"
                            + " AND table_type = 'TEMPORARY'"));
            seen.putAll(Setters.read(connection.unwrap(org.mariadb.jdbc.Connection.class)));
        }
        seen.replaceAll((name, value) -> String.valueOf(value));
        return seen;
    }
}
