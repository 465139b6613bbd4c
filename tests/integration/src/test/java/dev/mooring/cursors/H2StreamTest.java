package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.example.h2.H2Databases;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StreamTest extends StreamContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return H2Databases.in(directory);
    }

    /** H2 refuses no writes in a transaction that promised none: they are a part of the stream's. */
    @Test
    @Override
    void refusesToWriteBesideAStreamOutsideAtomic() {
        databases.execute("INSERT INTO person (id) VALUES (1)");
        try (Stream<Row> rows = databases.stream("SELECT id FROM person")) {
            rows.forEach(row -> databases.execute("INSERT INTO person (id) VALUES (9)"));
        }

        assertThat(databases.get().inAtomicBlock()).isFalse();
        assertThat(databases.query("SELECT id FROM person")).hasSize(2);
    }

    /** As above. */
    @Test
    @Override
    void refusesToWriteInABlockBesideAStreamOutsideAtomic() {
        databases.execute("INSERT INTO person (id) VALUES (1)");
        try (Stream<Row> rows = databases.stream("SELECT id FROM person")) {
            rows.forEach(row -> databases.atomic(() -> databases.execute("INSERT INTO person (id) VALUES (9)")));
        }

        assertThat(databases.query("SELECT id FROM person")).hasSize(2);
    }
}
