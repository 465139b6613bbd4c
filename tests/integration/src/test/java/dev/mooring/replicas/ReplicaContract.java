package dev.mooring.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicOptions;
import dev.mooring.Cursor;
import dev.mooring.Database;
import dev.mooring.DatabaseRouter;
import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import dev.mooring.migrations.MigrationSchemaMissingException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second alias of the same database, which is read-only. */
abstract class ReplicaContract {

    private static final String REFUSAL =
            "on database 'replica': its setting 'readOnly' is true. Write to the database it is a copy of";

    Databases databases;
    Database replica;

    /** {@return the same database for any alias} */
    abstract DatabaseSettingsBuilder settings(String alias);

    @BeforeEach
    void open() {
        databases = Databases.builder()
                .add(settings("default").build())
                .add(settings("replica").readOnly(true).build())
                .router(new ReadFromTheReplica())
                .build();
        replica = databases.using("replica");
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        try {
            assertThat(replica.counts().leased()).isZero();
            databases.execute("DROP TABLE item");
        } finally {
            databases.close();
        }
    }

    @Test
    void showsWhatWasWritten() {
        databases.forWrite("shop").execute("INSERT INTO item (id) VALUES (1)");

        assertThat(databases.forRead("shop")).isSameAs(replica);
        assertThat(databases.forRead("shop").query("SELECT id FROM item")).hasSize(1);
        try (Stream<?> rows = replica.stream("SELECT id FROM item")) {
            assertThat(rows).hasSize(1);
        }
        assertThat(replica.<Integer, RuntimeException>atomic(
                        () -> replica.query("SELECT id FROM item").size()))
                .isEqualTo(1);
    }

    @Test
    void refusesEveryWrite() {
        refuses(() -> replica.execute("INSERT INTO item (id) VALUES (%s)", 1));
        refuses(() -> replica.execute("DROP TABLE item"));
        refuses(() -> replica.atomic(() -> replica.execute("INSERT INTO item (id) VALUES (1)")));
        refuses(() -> replica.atomic(
                AtomicOptions.defaults().durable(), () -> replica.atomic(() -> replica.execute("DELETE FROM item"))));
        refuses(() -> {
            try (Cursor cursor = replica.get().cursor()) {
                cursor.executeMany("INSERT INTO item (id) VALUES (%s)", List.of(List.of(1), List.of(2)));
            }
        });

        assertThat(replica.query("SELECT id FROM item")).isEmpty();
    }

    @Test
    void keepsTheConnectionThatRefused() {
        replica.query("SELECT id FROM item");
        for (int i = 0; i < 3; i++) {
            refuses(() -> replica.execute("DELETE FROM item"));
        }

        assertThat(replica.counts().opened()).isEqualTo(1);
    }

    @Test
    void isNotMigrated() {
        MigrationExecutor executor = new MigrationExecutor(databases, "replica", AuthMigrations.all());

        assertThatExceptionOfType(MigrationSchemaMissingException.class)
                .isThrownBy(() -> executor.migrate(MigrationListener.none()))
                .withMessageEndingWith(REFUSAL);
    }

    void refuses(ThrowingCallable write) {
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(write)
                .withMessageEndingWith(REFUSAL);
    }

    private static final class ReadFromTheReplica implements DatabaseRouter {
        @Override
        public String dbForRead(String app, @Nullable String table) {
            return "replica";
        }
    }
}
