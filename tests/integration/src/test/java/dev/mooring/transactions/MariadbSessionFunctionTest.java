package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettingsBuilder;
import java.util.List;

@RequiresMariadb
class MariadbSessionFunctionTest extends SessionFunctionContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }

    @Override
    String table() {
        return "CREATE TABLE numbered (id integer AUTO_INCREMENT PRIMARY KEY, a integer)";
    }

    @Override
    List<String> reading() {
        return List.of(
                "SELECT last_insert_id()",
                "select LAST_INSERT_ID ( )",
                "INSERT INTO numbered (a) VALUES (last_insert_id()) RETURNING id",
                "INSERT INTO numbered (a) SELECT last_insert_id() RETURNING id",
                "INSERT INTO numbered (a) VALUES (1) RETURNING last_insert_id(), id",
                "SELECT row_count()",
                "SELECT found_rows() AS n",
                "EXPLAIN SELECT last_insert_id()",
                "SELECT release_lock('mine')");
    }

    @Override
    List<String> filling() {
        return List.of("CREATE TABLE filled AS SELECT last_insert_id() AS a");
    }

    @Override
    List<String> ofOwnRow() {
        return List.of();
    }

    @Override
    List<String> harmless() {
        return List.of(
                "SELECT note FROM (SELECT 'last_insert_id()' AS note) AS temp",
                "SET STATEMENT max_statement_time = 1 FOR SELECT 1",
                "SELECT id FROM numbered WHERE id = last_insert_id(5)",
                "CREATE OR REPLACE VIEW defined AS SELECT last_insert_id() AS n",
                "DROP VIEW defined",
                "SHOW TABLES");
    }

    @Override
    List<String> ofTransaction() {
        return List.of();
    }

    @Override
    List<String> preparing() {
        return List.of(
                "SET @total = 1",
                "set session max_statement_time = 5",
                "SET NAMES utf8mb4",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "SELECT 1 INTO @total",
                "SELECT get_lock('mine', 0)",
                "CREATE TEMPORARY TABLE mine (a integer)",
                "CREATE OR REPLACE TEMPORARY TABLE mine2 AS SELECT 1 AS a",
                "PREPARE mine FROM 'SELECT 1'",
                "USE mysql",
                "LOCK TABLES numbered READ");
    }
}
