package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log grows for as long as somebody reads an old state. */
@Tag("wrong-answers")
class SqliteLogSizeTest {

    private static final long MEGABYTE = 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    @DisplayName("The write-ahead log that grew during a long stream shrinks with the writes after it")
    void shrinksOnceNobodyReads() throws Exception {
        Path log = folder.resolve("test.sqlite3-wal");
        try (Databases reader = Databases.of(TestDatabases.sqlite(folder).build());
                Databases writer = Databases.of(TestDatabases.sqlite(folder).build())) {
            writer.execute("CREATE TABLE item (data blob)");
            writer.execute("INSERT INTO item VALUES (zeroblob(1000)), (zeroblob(1000))");
            try (Stream<Row> rows = reader.stream("SELECT data FROM item")) {
                assertThat(rows.iterator().next()).isNotNull();
                for (int i = 0; i < 24; i++) {
                    writer.execute("INSERT INTO item VALUES (zeroblob(1000000))");
                }
                assertThat(Files.size(log)).isGreaterThan(20 * MEGABYTE);
            }
            for (int i = 0; i < 3; i++) {
                writer.execute("INSERT INTO item VALUES (zeroblob(1000))");
            }

            assertThat(Files.size(log)).isLessThanOrEqualTo(16 * MEGABYTE);
            assertThat(reader.query("SELECT data FROM item")).hasSize(29);
        }
    }
}
