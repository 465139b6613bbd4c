package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.migrations.SchemaEditor;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Django tries on SQLite alone. */
@SqliteWorlds
class SqliteParityTest extends ParityContract {

    @Test
    @Django("TX-27")
    void goesOnOnceTheMarkIsTakenBack() {
        insert("Tintin");
        databases.atomic(() -> {
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> databases.get().transaction().markForRollbackOnError(() -> insert("Tintin")));
            databases.get().transaction().setRollback(false);
            insert("Haddock");
        });

        assertThat(reporters()).containsExactly("Tintin", "Haddock");
    }

    @Test
    @Django(
            value = "TH-06",
            better = "No shared cache, whose locks end queries: one connection that all threads take in turn",
            differs = "Under THREAD a thread keeps it until it ends, and the others wait for that")
    void isOneInMemoryForAllThreads() {
        databases.closeAll();
        try (Databases memory = Databases.of(settings().name(":memory:").build())) {
            onAThread(() -> memory.execute("CREATE TABLE seen (id integer)"));
            onAThread(() -> memory.execute("INSERT INTO seen VALUES (1)"));

            assertThat(memory.query("SELECT id FROM seen")).hasSize(1);
        }
    }

    @Test
    @Django(value = "EX-26", differs = "On PostgreSQL too, and whatever checks there are: one rule for both")
    void changesNoTablesInsideATransaction() {
        databases.atomic(() -> assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> SchemaEditor.apply(databases.using("default"), editor -> {})));
    }

    @ParameterizedTest
    @CsvSource({"DEFERRED,0", "immediate,5", "EXCLUSIVE,5"})
    @Django("EX-27")
    void beginsTransactionsAsItIsTold(String mode, int error) {
        with(
                settings -> settings.option("transaction_mode", mode),
                told -> told.atomic(() -> {
                    try (Connection other = DriverManager.getConnection(
                                    "jdbc:sqlite:" + settings().build().name());
                            Statement statement = other.createStatement()) {
                        statement.execute("PRAGMA busy_timeout = 0");
                        statement.execute("INSERT INTO reporter VALUES (1, 'Tintin')");
                        assertThat(error).isZero();
                    } catch (SQLException e) {
                        assertThat(e.getErrorCode()).isEqualTo(error);
                    }
                }));
    }

    @Test
    @Django("EX-27")
    void runsFirstCommands() {
        with(settings -> settings.option("init_command", "PRAGMA cache_size = 37; ; PRAGMA temp_store = 2;"), told -> {
            assertThat(told.query("PRAGMA cache_size").get(0).getInt("cache_size"))
                    .isEqualTo(37);
            assertThat(told.query("PRAGMA temp_store").get(0).getInt("temp_store"))
                    .isEqualTo(2);
        });
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> Databases.of(
                        settings().option("transaction_mode", "unknown").build()))
                .withMessageContaining("'transaction_mode'");
    }

    /** Returns when the thread has ended. */
    private static void onAThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        Uninterruptibles.joinUninterruptibly(thread);
    }

    private void with(UnaryOperator<DatabaseSettingsBuilder> change, Consumer<Databases> test) {
        databases.closeAll();
        try (Databases other = Databases.of(change.apply(settings()).build())) {
            test.accept(other);
            other.closeAll();
        }
    }
}
