package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.OperationalException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

class SqliteTransactionTextTest extends TransactionTextContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(directory);
    }

    @Override
    List<String> controlling() {
        return List.of(
                "ROLLBACK",
                "commit",
                "\uFEFF -- a comment\n /* /* not nested */ Commit Transaction ;",
                "END",
                "END TRANSACTION",
                "rollback transaction",
                "BEGIN IMMEDIATE");
    }

    @Override
    List<String> harmless() {
        return List.of(
                "SELECT 'a; COMMIT', [COMMIT] FROM (SELECT 1 AS [COMMIT])",
                "CREATE TRIGGER IF NOT EXISTS texts_t AFTER INSERT ON texts BEGIN SELECT last_insert_rowid(); END",
                "CREATE TABLE IF NOT EXISTS changes (a integer)",
                "INSERT INTO changes (a) VALUES (1)",
                "SELECT 'changes()' -- ; COMMIT");
    }

    @Test
    @DisplayName("After a swallowed error SQLite commits what was done, as Django does")
    void commitsAfterASwallowedError() {
        databases().atomic(() -> {
            insert(1);
            assertThat(Assertions.catchThrowable(() -> insert(1))).isNotNull();
            insert(2);
        });

        assertThat(ids()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("A connection that was closed inside atomic is known not to have committed")
    void knowsThatAClosedConnectionCommittedNothing() {
        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(() -> databases().<SQLException>atomic(() -> {
                    insert(1);
                    databases()
                            .get()
                            .connection()
                            .unwrap(SQLiteConnection.class)
                            .close();
                }))
                .isNotInstanceOf(CommitOutcomeUnknownException.class)
                .withMessageContaining("rolled back");
        assertThat(ids()).isEmpty();
    }
}
