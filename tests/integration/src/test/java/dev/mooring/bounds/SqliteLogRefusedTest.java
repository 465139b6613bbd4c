package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.error.OperationalException;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database in WAL mode where the files beside it cannot be made, as on a read-only file system. */
@Tag("wrong-answers")
class SqliteLogRefusedTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("A database in WAL mode whose log cannot be opened is refused with the reason and the way out")
    void saysWhy(boolean readOnly) throws Exception {
        try (Databases databases = Databases.of(TestDatabases.sqlite(folder).build())) {
            databases.execute("CREATE TABLE item (id integer)");
        }
        // Whoever runs the tests may be root, who may write everywhere; but SQLite follows no link to this file.
        Path shared = Files.createSymbolicLink(folder.resolve("test.sqlite3-shm"), folder.resolve("absent"));
        try (Databases databases =
                Databases.of(TestDatabases.sqlite(folder).readOnly(readOnly).build())) {
            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> databases.query("SELECT * FROM item"))
                    .withMessageContaining("it is in WAL mode")
                    .withMessageContaining("journal_mode = DELETE");

            Files.delete(shared);
            assertThat(databases.query("SELECT * FROM item")).isEmpty();
        }
    }
}
