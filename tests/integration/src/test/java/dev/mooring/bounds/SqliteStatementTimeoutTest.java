package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Cursor;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.OperationalException;
import dev.mooring.kit.AfterCheck;
import dev.mooring.sqlite.SqliteBackendProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements that would run for ever, on a real file and with the real keeper. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SqliteStatementTimeoutTest {

    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    private static final String ENDLESS_WRITE =
            "INSERT INTO item WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 2 FROM n WHERE i < 0";

    private Path directory;
    private Databases databases;
    private AfterCheck check;

    @BeforeEach
    void open(@TempDir Path directory) {
        this.directory = directory;
        databases = open(Duration.ofMillis(300));
        check = AfterCheck.of(databases);
        databases.get().execute("CREATE TABLE item (id integer)");
    }

    @AfterEach
    void nothingIsLeftBehind() {
        check.closeAndVerify();
    }

    @Test
    void endsAQueryAndNamesTheSetting() {
        DatabaseWrapper wrapper = databases.get();
        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(() -> wrapper.query(ENDLESS))
                .withMessageContaining("within the 300 ms of setting 'statementTimeout' on database 'default'");
    }

    @Test
    void endsACursorsQuery() {
        try (Cursor cursor = databases.get().cursor()) {
            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> cursor.execute(ENDLESS).fetchAll())
                    .withMessageContaining("'statementTimeout'");
        }
    }

    @Test
    void commitsNothingOfABlockThatGoesOnAfterwards() {
        DatabaseWrapper wrapper = databases.get();
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> wrapper.atomic(() -> {
                    wrapper.execute("INSERT INTO item VALUES (1)");
                    Throwable swallowed = catchThrowable(() -> wrapper.execute(ENDLESS_WRITE));
                    assertThat(swallowed).isInstanceOf(OperationalException.class);
                    wrapper.execute("INSERT INTO item VALUES (3)");
                }));

        assertThat(wrapper.query("SELECT id FROM item")).isEmpty();
    }

    @Test
    void closingEndsWhatRunsWithoutALimit() throws Exception {
        Databases unlimited = open(Duration.ZERO);
        FutureTask<Throwable> endless =
                new FutureTask<>(() -> catchThrowable(() -> unlimited.get().query(ENDLESS)));
        new Thread(endless).start();
        while (unlimited.using("default").counts().leased() == 0) {
            Thread.onSpinWait();
        }

        unlimited.close(Duration.ZERO);

        assertThat(endless.get()).isInstanceOf(DatabaseException.class);
    }

    private Databases open(Duration timeout) {
        return Databases.builder()
                .backend(new SqliteBackendProvider())
                .add(DatabaseSettings.builder("default")
                        .engine("sqlite3")
                        .name(directory.resolve("test.db").toString())
                        .statementTimeout(timeout)
                        .build())
                .build();
    }
}
