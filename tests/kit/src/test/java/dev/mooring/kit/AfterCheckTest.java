package dev.mooring.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.config.LeaseScope;
import dev.mooring.kit.ServerCount.Sessions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AfterCheckTest {

    private final Faults faults = new Faults();
    private Path file;
    private Databases databases;
    private AfterCheck check;

    @BeforeEach
    void open(@TempDir Path directory) {
        file = directory.resolve("db");
        databases = TinyBackend.databases(TinyBackend.settings(file).maxConnections(1), faults);
        databases.query("SELECT 1");
        check = AfterCheck.of(databases).patience(Duration.ofMillis(20));
    }

    @AfterEach
    void close() {
        databases.close(Duration.ZERO);
    }

    @Test
    void passesWhenNothingIsLeft() {
        check.server("default", ServerCount.descriptorsOf(file));
        databases.atomic(() -> databases.query("SELECT 2"));
        check.verify();
        check.closeAndVerify();
    }

    @Test
    void leavesNothingBehindItselfUnderAnyScope() {
        try (Databases kept = TinyBackend.databases(TinyBackend.settings(file).leaseScope(LeaseScope.THREAD), faults)) {
            AfterCheck.of(kept).closeAndVerify();
        }
    }

    @Test
    void failsForALeakedLease() {
        try (Lease leaked = databases.get().hold()) {
            assertThatThrownBy(check::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("leases of database 'default'");
        }
        check.verify();
    }

    @Test
    void failsForASessionTooManyByTheServersCount() throws SQLException {
        check.server("default", ServerCount.descriptorsOf(file));
        try (Connection leaked = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            leaked.createStatement().execute("CREATE TABLE t (a)");
            assertThatThrownBy(check::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("open sessions, as the database sees it");
        }
        check.verify();
    }

    @Test
    void failsForASessionIdleInATransaction() {
        check.server("default", () -> new Sessions(1, 1));
        assertThatThrownBy(check::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("idle in a transaction");
    }

    @Test
    void failsForAConnectionThatOutlivesTheEnd() throws SQLException {
        check.server("default", ServerCount.descriptorsOf(file));
        databases.close();
        try (Databases second = TinyBackend.databases(TinyBackend.settings(file), faults)) {
            AfterCheck late =
                    AfterCheck.of(second).patience(Duration.ofMillis(20)).server("default", () -> new Sessions(1, 0));
            late.verify();
            assertThatThrownBy(late::closeAndVerify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("open sessions, as the database sees it");
        }
    }

    @Test
    void failsForALeftThread() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread left = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "mooring-left");
        left.start();
        assertThatThrownBy(check::closeAndVerify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("mooring-left");
        end.countDown();
        left.join();
    }

    @Test
    void failsIfTheNextRequestDoes() {
        faults.always(call -> call.isOf("execute"), Fault.sqlState("08006"));
        assertThatThrownBy(check::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the next request on database 'default'");
        assertThat(faults.struck()).isPresent();
        faults.clear();
        check.verify();
    }
}
