package dev.mooring.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.Suspension;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.ProgrammingException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database that lives in its one connection, and two databases that are one file. */
class SqliteMemoryTest {

    @Test
    void keepsItsDataThroughErrorsAndForgottenTransactions() throws Exception {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl("sqlite://:memory:"))) {
            databases.execute("CREATE TABLE t (a integer)");
            assertThat(databases.query("INSERT INTO t VALUES (%s)", 1)).isEmpty();
            assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> databases.query("SELECT %s", 1, 2));
            FutureTask<Integer> forgets = new FutureTask<>(() -> {
                databases.get().transaction().setAutocommit(false);
                return databases.execute("INSERT INTO t VALUES (9)");
            });
            Thread careless = new Thread(forgets);
            careless.start();
            careless.join();
            assertThat(forgets.get()).isOne();

            databases.atomic(() -> databases.execute("INSERT INTO t VALUES (%s)", 2));

            assertThat(databases.query("SELECT a FROM t ORDER BY a"))
                    .extracting(row -> row.getLong("a"))
                    .containsExactly(1L, 2L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, DELETE FROM t WHERE a = 9",
        "false, BEGIN",
        "false, CREATE TEMP TABLE u (a integer)",
        "true, DELETE FROM t WHERE a = 9",
        "true, BEGIN"
    })
    @Tag("threads")
    void keepsItsDataWhenTheThreadDiesThatHoldsIt(boolean swept, String lastWish) throws Exception {
        CountDownLatch reclaimed = new CountDownLatch(1);
        try (Databases databases = Databases.builder()
                .add(DatabaseSettings.fromUrl("sqlite://:memory:?lease_scope=thread"))
                .listener(new DatabaseListener() {
                    @Override
                    public void leaseReclaimed(String alias, String thread) {
                        reclaimed.countDown();
                    }
                })
                .build()) {
            Thread doomed = new Thread(() -> {
                databases.execute("CREATE TABLE t (a integer)");
                databases.execute("INSERT INTO t VALUES (1)");
                databases.execute(lastWish);
                databases.execute("INSERT INTO t VALUES (2)");
            });
            doomed.start();
            doomed.join();
            if (swept) {
                reclaimed.await();
            }

            List<Row> left = databases.query("SELECT a FROM t ORDER BY a");

            assertThat(left)
                    .extracting(row -> row.getLong("a"))
                    .containsExactlyElementsOf(lastWish.equals("BEGIN") ? List.of(1L) : List.of(1L, 2L));
            databases.atomic(() -> databases.execute("INSERT INTO t VALUES (3)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN", "PRAGMA recursive_triggers = ON"})
    @Tag("threads")
    void keepsWhatAListenerMadeWhenTheThreadDiesThatHoldsIt(String lastWish) throws Exception {
        try (Databases databases = Databases.builder()
                .add(DatabaseSettings.fromUrl("sqlite://:memory:?lease_scope=thread"))
                .listener(new DatabaseListener() {
                    @Override
                    public void connectionCreated(DatabaseWrapper wrapper) {
                        wrapper.execute("CREATE TEMP TABLE welcome (a integer)");
                    }
                })
                .build()) {
            Thread doomed = new Thread(() -> {
                databases.execute(lastWish);
                databases.execute("INSERT INTO welcome VALUES (1)");
            });
            doomed.start();
            doomed.join();

            assertThat(databases.query("SELECT a FROM welcome")).hasSize(lastWish.equals("BEGIN") ? 0 : 1);
        }
    }

    @Test
    void handsOnNoPragmasNorTemporaryTables() {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl("sqlite://:memory:"))) {
            databases.execute("CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t (a))");
            try (UnitOfWork unit = databases.unitOfWork()) {
                assertThat(unit).isNotNull();
                databases.execute("CREATE TEMP TABLE mine (a integer PRIMARY KEY)");
                databases.execute("CREATE TEMP VIEW \"my \"\"view\" AS SELECT a FROM mine");
                databases.execute(
                        "CREATE TEMP TRIGGER watch AFTER INSERT ON t BEGIN INSERT INTO mine VALUES (NULL); END");
                databases.execute("PRAGMA foreign_keys = OFF");
                databases.execute("INSERT INTO t VALUES (1, 7)");
                databases.execute("DELETE FROM t");
                databases.execute("PRAGMA recursive_triggers = ON");
                databases.execute("PRAGMA query_only = ON");
            }

            assertThat(databases.query("SELECT name FROM sqlite_temp_schema")).isEmpty();
            assertThat(databases.execute("INSERT INTO t VALUES (2, NULL)")).isEqualTo(1);
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> databases.execute("INSERT INTO t VALUES (3, 7)"));
            assertThat(databases.query("PRAGMA recursive_triggers").get(0).getBoolean("recursive_triggers"))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("a dead thread's open rows leave foreign keys enforced, and no rows in a temporary table")
    @Tag("threads")
    void isResetAsFarAsPossibleUnderOpenRows() throws Exception {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl("sqlite://:memory:"))) {
            databases.execute("CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t (a))");
            Thread doomed = new Thread(() -> {
                databases.unitOfWork();
                databases.execute("CREATE TEMP TABLE mine (a integer)");
                databases.execute("INSERT INTO mine VALUES (1), (2)");
                databases
                        .get()
                        .cursor()
                        .execute("SELECT a FROM mine")
                        .iterator()
                        .next();
            });
            doomed.start();
            doomed.join();

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> databases.execute("INSERT INTO t VALUES (1, 7)"));
            assertThat(databases.query("SELECT a FROM mine")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(LeaseScope.class)
    @DisplayName("its connection is free again when a wrapper has ended that took the place of a suspended one")
    void isFreeAfterASuspension(LeaseScope scope) {
        try (Databases databases = inMemory(scope)) {
            try (Suspension suspended = databases.using("default").suspend()) {
                assertThat(suspended).isNotNull();
                databases.execute("CREATE TABLE t (a integer)");
            }

            assertThat(databases.execute("INSERT INTO t VALUES (1)")).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(LeaseScope.class)
    @DisplayName("its connection is free again when another thread has closed a connection of the DataSource")
    @Tag("threads")
    void isFreeWhenAnotherThreadHasClosedAConnectionOfTheDataSource(LeaseScope scope) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (Databases databases = inMemory(scope);
                UnitOfWork unit = databases.unitOfWork();
                Connection connection = databases.dataSource().getConnection()) {
            assertThat(unit).isNotNull();
            databases.execute("CREATE TABLE t (a integer)");
            FutureTask<Boolean> other = new FutureTask<>(() -> {
                connection.createStatement().execute("CREATE TEMP TABLE mine (a integer)");
                connection.createStatement().execute("INSERT INTO t VALUES (1)");
                connection.close();
                return true;
            });
            Thread thread = new Thread(() -> {
                other.run();
                Uninterruptibles.awaitUninterruptibly(done);
            });
            thread.start();
            try {
                assertThat(other.get()).isTrue();

                assertThat(databases.query("SELECT a FROM t")).hasSize(1);
                assertThat(databases.query("SELECT name FROM sqlite_temp_schema"))
                        .isEmpty();
            } finally {
                done.countDown();
                thread.join();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LeaseScope.class)
    @DisplayName("a connection of the DataSource that was aborted is closed and rolled back, and the data stays")
    void keepsItsDataWhenAConnectionOfTheDataSourceIsAborted(LeaseScope scope) throws Exception {
        try (Databases databases = inMemory(scope)) {
            databases.execute("CREATE TABLE t (a integer)");
            try (Connection connection = databases.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("INSERT INTO t VALUES (1)");
                connection.abort(Runnable::run);

                assertThat(connection.isClosed()).isTrue();
                assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
            }

            assertThat(databases.query("SELECT a FROM t")).isEmpty();
        }
    }

    private static Databases inMemory(LeaseScope scope) {
        return Databases.of(DatabaseSettings.fromUrl("sqlite://:memory:").toBuilder()
                .leaseScope(scope)
                .build());
    }

    @Test
    void isToldOfAWaitForItselfAtOnce(@TempDir Path folder) {
        String file = folder.resolve("shop.db").toString();
        try (Databases databases = Databases.of(settings("default", file), settings("other", file))) {
            databases.execute("CREATE TABLE t (a integer)");

            databases.atomic(() -> assertThatExceptionOfType(LeaseTimeoutException.class)
                    .isThrownBy(() -> databases.using("other").execute("INSERT INTO t VALUES (1)"))
                    .withMessageContaining("could never end"));
        }
    }

    @Test
    void seesATableThatWasMadeAgain(@TempDir Path folder) {
        String file = folder.resolve("shop.db").toString();
        try (Databases databases = Databases.of(settings("default", file));
                Databases others = Databases.of(settings("default", file))) {
            databases.execute("CREATE TABLE t (a datetime)");
            assertThat(databases.query("SELECT a FROM t")).isEmpty();
            others.execute("DROP TABLE t");
            others.execute("CREATE TABLE t (a text)");
            others.execute("INSERT INTO t VALUES (%s)", "plain");

            assertThat(databases.query("SELECT a FROM t").get(0).getString("a")).isEqualTo("plain");
        }
    }

    private static DatabaseSettings settings(String alias, String file) {
        return DatabaseSettings.builder(alias).engine("sqlite3").name(file).build();
    }
}
