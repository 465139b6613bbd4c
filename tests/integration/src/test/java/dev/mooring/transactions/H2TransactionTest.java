package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.AtomicOptions;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.example.h2.H2Databases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2TransactionTest extends TransactionContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return H2Databases.in(directory);
    }

    @Override
    Connection plain() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:" + settings().build().name() + ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
    }

    @Override
    void becomeSensitive(Databases databases) {
        databases.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    }

    /** H2 refuses no writes in a transaction that promised none. */
    @Test
    @Override
    void refusesToWriteInAReadOnlyBlock() {
        databases().atomic(AtomicOptions.defaults().readOnly(), () -> insert(1));

        assertThat(items()).containsExactly(1);
    }

    /** As above. */
    @Test
    @Override
    void takesTheOutermostBlockForWhetherItMayBeWritten() {
        databases()
                .atomic(AtomicOptions.defaults().readOnly(), () -> databases().atomic(() -> insert(1)));

        assertThat(items()).containsExactly(1);
    }
}
