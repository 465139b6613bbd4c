package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.AfterCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class FlywayTest {

    @Parameter
    Engine engine;

    @TempDir
    Path directory;

    @TempDir
    Path scripts;

    private Databases databases;
    private AfterCheck check;

    @BeforeEach
    void open() throws IOException {
        databases = Databases.of(engine.settings(directory));
        check = AfterCheck.of(databases);
        databases.execute("CREATE TABLE auth_user (id integer PRIMARY KEY)");
        script("V1__item", "CREATE TABLE item (id integer PRIMARY KEY); INSERT INTO item VALUES (1);");
        script("V2__more", "INSERT INTO item VALUES (2);");
    }

    @AfterEach
    void nothingIsLeftBehind() {
        check.closeAndVerify();
    }

    @Test
    void migratesOnceBesideDjangosTables() {
        assertThat(flyway(databases).migrate().migrationsExecuted).isEqualTo(2);
        assertThat(flyway(databases).migrate().migrationsExecuted).isZero();

        assertThat(databases.query("SELECT id FROM item")).hasSize(2);
    }

    @Test
    void leavesNothingOfAMigrationThatFails() throws IOException {
        script("V3__broken", "INSERT INTO item VALUES (3); INSERT INTO item VALUES (1);");

        assertThatThrownBy(() -> flyway(databases).migrate()).hasMessageContaining("V3__broken");

        assertThat(databases.query("SELECT id FROM item")).hasSize(2);
    }

    @Test
    void isRefusedInAtomic() {
        assertThatThrownBy(() -> databases.atomic(() -> flyway(databases).migrate()))
                .hasStackTraceContaining("on database 'default' inside atomic");

        assertThat(databases.using("default").tableNames()).doesNotContain("item");
    }

    @Test
    void migratesADatabaseInMemoryWithItsOnlyConnection() {
        try (Databases memory = Databases.of(DatabaseSettings.builder("default")
                .engine("sqlite3")
                .name(":memory:")
                .build())) {
            assertThat(flyway(memory).migrate().migrationsExecuted).isEqualTo(2);
            assertThat(memory.query("SELECT id FROM item")).hasSize(2);
        }
    }

    private Flyway flyway(Databases on) {
        return Flyway.configure()
                .dataSource(on.dataSource())
                .locations("filesystem:" + scripts)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    private void script(String name, String sql) throws IOException {
        Files.writeString(scripts.resolve(name + ".sql"), sql);
    }
}
