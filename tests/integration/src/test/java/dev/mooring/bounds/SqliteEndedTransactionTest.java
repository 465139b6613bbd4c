package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.kit.AfterCheck;
import dev.mooring.sqlite.SqliteBackendProvider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite rolls back by itself when the disk is full: nothing of the block is kept, whatever the block does next. */
class SqliteEndedTransactionTest {

    private static final String TOO_MUCH = "INSERT INTO item VALUES (2, zeroblob(10000000))";

    private Databases databases;
    private DatabaseWrapper wrapper;
    private AfterCheck check;

    @BeforeEach
    void open(@TempDir Path directory) {
        databases = Databases.builder()
                .backend(new SqliteBackendProvider())
                .add(DatabaseSettings.builder("default")
                        .engine("sqlite3")
                        .name(directory.resolve("test.db").toString())
                        .option("init_command", "PRAGMA max_page_count = 20")
                        .build())
                .build();
        check = AfterCheck.of(databases);
        wrapper = databases.get();
        wrapper.execute("CREATE TABLE item (id integer, filling blob)");
    }

    @AfterEach
    void nothingIsLeftBehind() {
        try {
            assertThat(wrapper.query("SELECT id FROM item")).isEmpty();
        } finally {
            check.closeAndVerify();
        }
    }

    @Test
    void refusesWhatComesAfterwards() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> wrapper.atomic(() -> {
                    wrapper.execute("INSERT INTO item VALUES (1, NULL)");
                    assertThat(catchThrowable(() -> wrapper.execute(TOO_MUCH)))
                            .isInstanceOf(OperationalException.class);

                    assertThatExceptionOfType(TransactionManagementException.class)
                            .isThrownBy(() -> wrapper.execute("INSERT INTO item VALUES (3, NULL)"));
                }));
    }

    @Test
    void refusesWhatComesAfterTheFirstStatement() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> wrapper.atomic(() -> {
                    assertThat(catchThrowable(() -> wrapper.execute(TOO_MUCH)))
                            .isInstanceOf(OperationalException.class);

                    assertThatExceptionOfType(TransactionManagementException.class)
                            .isThrownBy(() -> wrapper.execute("INSERT INTO item VALUES (3, NULL)"));
                }));
    }

    @Test
    void refusesWhatComesAfterANestedBlock() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> wrapper.atomic(() -> {
                    wrapper.execute("INSERT INTO item VALUES (1, NULL)");
                    assertThat(catchThrowable(() -> wrapper.atomic(() -> {
                                wrapper.execute(TOO_MUCH);
                            })))
                            .isInstanceOf(OperationalException.class);

                    assertThatExceptionOfType(TransactionManagementException.class)
                            .isThrownBy(() -> wrapper.execute("INSERT INTO item VALUES (3, NULL)"));
                }));
    }

    @Test
    void letsGoOnAfterAnErrorThatEndedNothing() {
        wrapper.execute("CREATE UNIQUE INDEX one ON item (id)");
        wrapper.atomic(() -> {
            wrapper.execute("INSERT INTO item VALUES (1, NULL)");
            assertThat(catchThrowable(() -> wrapper.execute("INSERT INTO item VALUES (1, NULL)")))
                    .isInstanceOf(DatabaseException.class);
            wrapper.execute("DELETE FROM item");
        });
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName(
            "After a conflict that rolls the transaction back the message says so, and not that a connection was lost")
    void saysThatTheDatabaseRolledBack() {
        wrapper.execute("CREATE TABLE once (id integer PRIMARY KEY ON CONFLICT ROLLBACK)");
        for (String sql : List.of("INSERT INTO once VALUES (1)", "INSERT OR ROLLBACK INTO once VALUES (1)")) {
            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {
                        wrapper.execute("INSERT INTO once VALUES (1)");
                        assertThat(catchThrowable(() -> wrapper.execute(sql))).isInstanceOf(IntegrityException.class);
                        assertThat(catchThrowable(() -> wrapper.execute("INSERT INTO once VALUES (2)")))
                                .isInstanceOf(TransactionManagementException.class)
                                .hasMessageContaining("itself rolled the transaction back")
                                .hasCauseInstanceOf(IntegrityException.class);
                    }))
                    .withMessageContaining("itself rolled back what was done inside atomic")
                    .withCauseInstanceOf(IntegrityException.class);
            wrapper.transaction().setAutocommit(false);
            wrapper.execute("INSERT INTO once VALUES (1)");
            assertThat(catchThrowable(() -> wrapper.execute(sql))).isInstanceOf(IntegrityException.class);
            assertThat(catchThrowable(() -> wrapper.transaction().commit()))
                    .hasMessageContaining("itself rolled the transaction back");
            wrapper.transaction().rollback();
            wrapper.transaction().setAutocommit(true);
            assertThat(wrapper.query("SELECT id FROM once")).isEmpty();
        }
    }
}
