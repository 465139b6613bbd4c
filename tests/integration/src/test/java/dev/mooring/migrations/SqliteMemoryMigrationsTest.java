package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.OperationalException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In memory the connection is the database, so it goes on being used after the migrations. */
class SqliteMemoryMigrationsTest {

    private final Databases databases = Databases.of(DatabaseSettings.builder("default")
            .engine("sqlite3")
            .name(":memory:")
            .build());

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void switchForeignKeysOnAgain() {
        new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());

        assertThat(foreignKeys()).isEqualTo(1);
    }

    @Test
    void switchForeignKeysOnAgainAfterAFailure() {
        List<Migration> migrations = new ArrayList<>(AuthMigrations.all());
        migrations.add(Migration.of("zoo", "0001_initial")
                .with(Operations.run(database -> database.execute("INSERT INTO no_such_table VALUES (1)"))));

        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(
                        () -> new MigrationExecutor(databases, "default", migrations).migrate(MigrationListener.none()))
                .withMessageContaining("no_such_table");
        assertThat(foreignKeys()).isEqualTo(1);
        assertThat(databases.using("default").tableNames()).contains("auth_user");
    }

    private int foreignKeys() {
        return databases.query("PRAGMA foreign_keys").get(0).getInt("foreign_keys");
    }
}
