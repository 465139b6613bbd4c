package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.Row;
import dev.mooring.Transaction;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.NotSupportedException;
import dev.mooring.spi.Backend;
import dev.mooring.spi.ServerVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Django tries on PostgreSQL alone. */
@PostgresWorlds
class PostgresParityTest extends ParityContract {

    @Test
    @Django("EX-08")
    void refusesANameThatIsTooLong() {
        assertRefused(settings -> settings.name("n".repeat(64)), "'name'");
    }

    @Test
    @Django(value = "EX-09", better = "Refused when the databases are made")
    void refusesAnEmptyName() {
        assertRefused(settings -> settings.name(""), "'name'");
    }

    @Test
    @Django(value = "EX-10", differs = "The driver reads no service file: refused, with the way out")
    void knowsNoServices() {
        assertRefused(
                settings -> settings.option("service", "my_service"), "write the service's values into the settings");
    }

    @Test
    @Django("EX-12")
    void keepsTheTimeZoneThroughARollback() {
        with(settings -> settings.timeZone(ZoneId.of("Asia/Tokyo")), zoned -> {
            Transaction transaction = zoned.get().transaction();
            transaction.setAutocommit(false);
            assertThat(shown(zoned, "TimeZone")).isEqualTo("Asia/Tokyo");
            transaction.rollback();
            assertThat(shown(zoned, "TimeZone")).isEqualTo("Asia/Tokyo");
            transaction.rollback();
            transaction.setAutocommit(true);
        });
    }

    @Test
    @Django(value = "EX-13", differs = "Switched off by hand: there is no setting for it")
    void knowsThatAutocommitIsOff() {
        Transaction transaction = databases.get().transaction();
        transaction.setAutocommit(false);
        insert("Tintin");
        assertThat(transaction.getAutocommit()).isFalse();
        transaction.rollback();
        transaction.setAutocommit(true);

        assertThat(reporters()).isEmpty();
    }

    @Test
    @Django(value = "EX-14", differs = "By name. `read committed`, the server's default, is nothing to be seen")
    void setsTheIsolationLevel() {
        with(settings -> settings.option("isolation_level", "serializable"), strict -> {
            assertThat(shown(strict, "transaction_isolation")).isEqualTo("serializable");
            strict.atomic(
                    () -> assertThat(shown(strict, "transaction_isolation")).isEqualTo("serializable"));
            held(strict, "SET default_transaction_isolation = 'read committed'");
            // Under THREAD the session goes on, as it does with Django.
            assertThat(shown(strict, "transaction_isolation"))
                    .isEqualTo(world.isThread() ? "read committed" : "serializable");
        });
    }

    @Test
    @Django("EX-15")
    void refusesAnIsolationLevelThatThereIsNot() {
        assertRefused(settings -> settings.option("isolation_level", "999"), "'isolation_level'");
    }

    @Test
    @Django(value = "EX-16", better = "Each time: Django's second query succeeds, as the user who logged in")
    void doesNotWorkWithoutItsRole() {
        with(settings -> settings.option("assume_role", "nobody's"), roleless -> {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatExceptionOfType(DatabaseException.class)
                        .isThrownBy(() -> roleless.query("SELECT 1 AS one"))
                        .withMessageContaining("nobody's");
            }
            assertThat(roleless.using("default").counts().open()).isZero();
        });
        with(settings -> settings.option("assume_role", "pg_monitor"), monitor -> {
            assertThat(user(monitor)).isEqualTo("pg_monitor");
            held(monitor, "SET search_path = pg_catalog");
            assertThat(user(monitor)).isEqualTo("pg_monitor");
        });
    }

    @Test
    @Django(value = "EX-17", better = "Always: parameters never become part of the text")
    void hasTheServerBindParameters() {
        Row row = databases
                .query("SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid() AND %s = 'needle'", "needle")
                .get(0);

        assertThat(row.getString("query")).contains("$1 = 'needle'");
    }

    @Test
    @Django("EX-19")
    void probesNothingWhileItConnects() {
        Probes probes = new Probes(world);
        try (Databases probed = Databases.builder()
                .add(settings()
                        .connHealthChecks(true)
                        .healthCheckIdle(Duration.ZERO)
                        .build())
                .backend(probes)
                .build()) {
            assertThat(probed.query("SELECT 1 AS one")).hasSize(1);
            assertThat(probes.count).isZero();
            probed.closeAll();
        }
    }

    @Test
    @Django(value = "EX-20", differs = "Asking for another is refused, not overruled")
    void speaksUtf8() {
        assertThat(shown(databases, "client_encoding")).isEqualTo("UTF8");
        assertRefused(settings -> settings.option("client_encoding", "SQL_ASCII"), "it is always UTF8");
    }

    @Test
    @Django("EX-21")
    void tellsTheVersionOfTheServer() throws SQLException {
        try (Lease lease = databases.get().hold()) {
            assertThat(lease).isNotNull();
            ServerVersion version =
                    ServerVersion.of(databases.get().connection().getMetaData());

            assertThat(shown(databases, "server_version")).startsWith(version.toString());
        }
    }

    @Test
    @Django("EX-22")
    void refusesAServerThatIsTooOld() {
        Backend backend = Probes.real(world).create(settings().build());
        assertThat(backend.minimumVersion()).contains(new ServerVersion(12, 0));
        assertThat(new ServerVersion(11, 22)).isLessThan(new ServerVersion(12, 0));
        try (Databases tooOld = WrapperParityTest.needing(999, world, settings().build())) {
            assertThatExceptionOfType(NotSupportedException.class)
                    .isThrownBy(() -> tooOld.query("SELECT 1 AS one"))
                    .withMessageMatching("Database 'default' needs PostgreSQL 999.0 or later, but found .*");
        }
    }

    @Test
    @Django(
            value = "EX-23",
            better = "None outlives a transaction: a stream has one of its own where there is none, so poolers between"
                    + " transactions do no harm and nothing needs to be switched off")
    void opensCursorsOnTheServer() {
        databases.execute("INSERT INTO reporter SELECT i, 'n' || i FROM generate_series(1, 5000) i");
        databases.atomic(() -> {
            try (Stream<Row> first = databases.stream("SELECT id FROM reporter ORDER BY id");
                    Stream<Row> second = databases.stream("SELECT id FROM reporter ORDER BY id DESC")) {
                Iterator<Row> up = first.iterator();
                Iterator<Row> down = second.iterator();
                for (int id = 1; id <= 5000; id++) {
                    assertThat(up.next().getInt("id")).isEqualTo(id);
                    assertThat(down.next().getInt("id")).isEqualTo(5001 - id);
                    if (id == 1) {
                        assertThat(cursors()).isEqualTo(2);
                    }
                }
            }
            assertThat(cursors()).isZero();
        });
        try (Stream<Row> alone = databases.stream("SELECT id FROM reporter")) {
            assertThat(alone.iterator().next()).isNotNull();
            assertThat(databases.get().inAtomicBlock()).isTrue();
            assertThat(cursors()).isEqualTo(1);
        }
        assertThat(databases.get().inAtomicBlock()).isFalse();
    }

    @Test
    @Django(
            value = "EX-24",
            better = "The pool needs no switch and no `connMaxAge` of 0, and a session is reset before its next user")
    void limitsConnectionsAndUsesThemAgain() {
        with(
                settings -> settings.maxConnections(1)
                        .connMaxAge(Duration.ofMinutes(10))
                        .acquireTimeout(Duration.ofMillis(100))
                        .timeZone(ZoneId.of("Asia/Tokyo")),
                pooled -> {
                    try (Lease lease = pooled.get().hold()) {
                        assertThat(lease).isNotNull();
                        assertThatExceptionOfType(CompletionException.class)
                                .isThrownBy(() -> CompletableFuture.supplyAsync(() -> process(pooled))
                                        .join())
                                .withCauseInstanceOf(LeaseTimeoutException.class);
                    }
                    int process = process(pooled);
                    held(pooled, "SET TimeZone = 'Europe/Brussels'");
                    if (!world.isThread()) {
                        assertThat(CompletableFuture.supplyAsync(() -> process(pooled))
                                        .join())
                                .isEqualTo(process);
                        assertThat(CompletableFuture.supplyAsync(() -> shown(pooled, "TimeZone"))
                                        .join())
                                .isEqualTo("Asia/Tokyo");
                    }
                });
    }

    private void with(UnaryOperator<DatabaseSettingsBuilder> change, Consumer<Databases> test) {
        try (Databases other = Databases.of(change.apply(settings()).build())) {
            test.accept(other);
            other.closeAll();
        }
    }

    private void assertRefused(UnaryOperator<DatabaseSettingsBuilder> change, String message) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> Databases.of(change.apply(settings()).build()))
                .withMessageContaining(message);
    }

    private long cursors() {
        try (Cursor cursor = databases.get().cursor()) {
            return cursor.execute(
                            "SELECT name FROM pg_cursors WHERE NOT is_holdable AND NOT is_scrollable AND name <> ''")
                    .fetchAll()
                    .size();
        }
    }

    private static int process(Databases of) {
        return of.query("SELECT pg_backend_pid() AS pid").get(0).getInt("pid");
    }

    private static String user(Databases of) {
        return of.query("SELECT current_user AS name").get(0).getString("name");
    }

    private static String shown(Databases of, String parameter) {
        return of.query("SELECT current_setting(%s) AS value", parameter).get(0).getString("value");
    }

    /** Runs what is there for other statements of the session. */
    private static void held(Databases databases, String sql) {
        try (Lease lease = databases.get().hold()) {
            assertThat(lease).isNotNull();
            databases.execute(sql);
        }
    }
}
