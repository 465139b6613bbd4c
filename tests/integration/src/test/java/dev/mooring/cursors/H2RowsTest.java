package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ProgrammingException;
import dev.mooring.example.h2.H2Databases;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2RowsTest extends RowsContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return H2Databases.in(directory);
    }

    @Override
    String bytes() {
        return "binary(1)";
    }

    /** H2 has no RETURNING, and no table of what was changed takes a batch. */
    @Test
    @Override
    @DisplayName("A batch with RETURNING is refused")
    void returnsTheRowsOfABatch() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases.queryMany(
                        "INSERT INTO person (id, first_name) VALUES (%s, %s) RETURNING id",
                        List.of(List.of(10, "Dee"))));
    }
}
