package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("SQLite: migrations written as SQL")
class SqliteMigrationScriptsTest extends MigrationScriptsContract {

    @TempDir
    private Path directory;

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.sqlite(directory);
    }

    @Test
    @DisplayName(
            "Names like begin, end and case, brackets, and comments that do not nest are read as SQLite reads them")
    void readsWhatSqliteReads() throws IOException {
        write("0001_initial.sql", """
                /* licence /* */
                CREATE TABLE t (begin integer, end integer, [it's; $x] text);
                CREATE TRIGGER begin AFTER UPDATE OF begin ON t BEGIN
                    UPDATE t SET end = CASE WHEN new.begin > 1 THEN 2 ELSE 3 END;
                END;
                INSERT INTO t VALUES (1, 1, 'x');
                UPDATE t SET end = 0, begin = 5;
                """);

        executor(files()).migrate(MigrationListener.none());

        assertThat(databases.query("SELECT * FROM t WHERE end = 2")).hasSize(1);
    }

    @Test
    @DisplayName("A statement that runs in no transaction is an error that says how to have none")
    void saysHowToHaveNoTransaction() throws IOException {
        write("0001_initial.sql", "VACUUM;");

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> executor(files()).migrate(MigrationListener.none()))
                .withMessageContainingAll("0001_initial.sql:1: ", "'-- atomic: false' at the top of the file");
    }
}
