package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.DatabasesBuilder;
import dev.mooring.config.DatabaseSettingsBuilder;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** What tests of Django's need in each world: its databases, and one table. */
abstract class ParityContract {

    @TempDir
    Path directory;

    @Parameter
    World world;

    Databases databases;

    /** {@return what is opened before each test} */
    DatabasesBuilder opening() {
        return Databases.builder().add(settings().build());
    }

    DatabaseSettingsBuilder settings() {
        return world.settings(directory);
    }

    @BeforeEach
    void open() {
        databases = opening().build();
        assertThat(databases.get().settings().leaseScope()).isEqualTo(world.scope);
        databases.execute("DROP TABLE IF EXISTS reporter");
        databases.execute("CREATE TABLE reporter (id integer PRIMARY KEY, name varchar(30) UNIQUE)");
    }

    @AfterEach
    void close() {
        try {
            databases.closeAll();
            assertThat(databases.using("default").counts().leased()).isZero();
        } finally {
            databases.close();
        }
    }

    void insert(String name) {
        databases.execute("INSERT INTO reporter SELECT coalesce(max(id), 0) + 1, %s FROM reporter", name);
    }

    List<String> reporters() {
        return databases.query("SELECT name FROM reporter ORDER BY id").stream()
                .map(row -> row.getString("name"))
                .toList();
    }

    /** Runs what fails where only the consequences are of interest. */
    static void swallow(ThrowingCallable failing) {
        assertThat(Assertions.catchThrowable(failing)).isNotNull();
    }
}
