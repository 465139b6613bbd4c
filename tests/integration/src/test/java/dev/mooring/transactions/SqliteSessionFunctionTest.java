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
        return List.of("SELECT last_insert_rowid()", "select Changes ( )", "SELECT total_changes() AS n");
    }

    @Override
    List<String> preparing() {
        return List.of("CREATE TEMP TABLE mine (a integer)", "create temporary view my_view as select 1");
    }
}
