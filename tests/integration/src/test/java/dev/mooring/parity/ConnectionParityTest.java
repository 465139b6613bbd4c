package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.DatabasesBuilder;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.migrations.SchemaEditor;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Connections: Django's {@code tests/backends/tests.py}. */
@EveryWorld
class ConnectionParityTest extends ParityContract {

    private final List<DatabaseWrapper> told = new ArrayList<>();

    @Override
    DatabasesBuilder opening() {
        return super.opening().listener(new DatabaseListener() {
            @Override
            public void connectionCreated(DatabaseWrapper wrapper) {
                told.add(wrapper);
            }
        });
    }

    @Test
    @Django("BE-01")
    void isAnnouncedWhenItIsMade() {
        databases.closeAll();
        told.clear();

        databases.get().ensureConnection();
        assertThat(told).containsExactly(databases.get());
        databases.get().ensureConnection();
        databases.query("SELECT 1 AS one");
        assertThat(told).hasSize(1);
    }

    @Test
    @Django("BE-09")
    void takesAPasswordThatIsNotAscii() {
        try (Databases other = Databases.of(settings().password("françois").build())) {
            Throwable failure = Assertions.catchThrowable(() -> other.query("SELECT 1 AS one"));

            assertThat(failure == null || failure instanceof DatabaseException).isTrue();
            other.closeAll();
        }
    }

    @Test
    @Django("BE-10")
    void isNotNeededToPrepareForIt() {
        try (Databases other = Databases.of(settings().build())) {
            assertThat(other.using("default").introspection()).isNotNull();
            assertThat(other.get().connection()).isNull();

            assertThat(other.using("default").counts().opened()).isZero();
        }
    }

    @Test
    @Django("BE-11")
    void saysThatATableIsThere() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> databases.execute("CREATE TABLE reporter (id integer)"))
                .withMessageContaining("already exists");
    }

    @Test
    @Django(
            value = "BE-14",
            better = "On SQLite a file that was deleted is noticed, where Django says yes always",
            underOperation = "Asked of what is held; of what is parked the hand-out asks")
    void isNotUsableOnceItIsLost() throws Exception {
        DatabaseWrapper wrapper = databases.get();
        try (Lease lease = wrapper.hold()) {
            assertThat(lease).isNotNull();
            assertThat(wrapper.isUsable()).isTrue();
            lose();
            assertThat(wrapper.isUsable()).isFalse();
        }
    }

    @Test
    @Django(value = "BE-18", differs = "There is no USE_TZ: without a zone a session has UTC")
    void needsNoTimeZone() {
        assertThat(settings().build().timeZone()).isEmpty();
        String zone = switch (world.engine) {
            case SQLITE -> "SELECT 'UTC'";
            case POSTGRES -> "SELECT current_setting('TimeZone')";
            case MARIADB -> "SELECT replace(@@time_zone, '+00:00', 'UTC')";
        };
        assertThat(databases.query(String.class, zone)).containsExactly("UTC");
    }

    @Test
    @Django("BE-28")
    void acceptsWhatDanglesWhereThereIsNoConstraint() {
        databases.execute("DROP TABLE IF EXISTS article");
        SchemaEditor.apply(
                databases.using("default"),
                editor -> editor.createTable(Table.of(
                        "article",
                        Column.of("id", ColumnType.INTEGER).primaryKey(),
                        Column.of("reporter_id", ColumnType.INTEGER))));

        databases.execute("INSERT INTO article VALUES (1, 999)");

        assertThat(databases.query("SELECT a.id FROM article a JOIN reporter r ON r.id = a.reporter_id"))
                .isEmpty();
        assertThat(databases.query(
                        "SELECT a.id FROM article a LEFT JOIN reporter r ON r.id = a.reporter_id WHERE r.id IS NULL"))
                .hasSize(1);
    }

    private void lose() throws Exception {
        DatabaseSettings settings = settings().build();
        if (world.engine == World.Engine.SQLITE) {
            Files.delete(Path.of(settings.name()));
            return;
        }
        try (Databases other = Databases.of(settings)) {
            if (world.engine == World.Engine.POSTGRES) {
                other.execute(
                        "SELECT pg_terminate_backend(%s, 10000)",
                        databases
                                .query(Integer.class, "SELECT pg_backend_pid()")
                                .one());
            } else {
                int session =
                        databases.query(Integer.class, "SELECT connection_id()").one();
                other.execute("KILL %s", session);
                while (!other.query("SELECT 1 FROM information_schema.processlist WHERE id = %s", session)
                        .isEmpty()) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
