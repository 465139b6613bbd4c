package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.example.h2.H2Databases;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2ForgottenWorkTest extends ForgottenWorkContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return H2Databases.in(directory);
    }

    /** H2 refuses no writes in a stream's transaction, which promised none. */
    @Test
    @Override
    @DisplayName("What writes in a forgotten stream's transaction is a part of it")
    void namesTheStream() {
        Stream<Row> forgotten = databases().stream("SELECT 1 AS n UNION ALL SELECT 2");
        assertThat(forgotten.iterator().next().getInt("n")).isEqualTo(1);

        databases().execute("INSERT INTO requests VALUES (1)");

        forgotten.close();
        assertThat(databases().query("SELECT id FROM requests")).hasSize(1);
    }
}
