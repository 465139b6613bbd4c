package dev.mooring.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is created, what is kept, what is dropped, and what is left alone. */
class TestDatabaseCreationTest {

    @TempDir
    Path directory;

    static class Sample {
        static DatabaseSettings used;

        @RegisterExtension
        static TestDatabase database;

        @Test
        void works(Databases databases) {
            used = databases.using("default").settings();
            assertThat(TestDatabaseTest.products(databases)).containsExactly("tea");
        }
    }

    static class Plain {
        @RegisterExtension
        static TestDatabase database;

        @Test
        void works(Databases databases) {
            assertThat(databases.query("SELECT 1")).hasSize(1);
        }
    }

    static class Connecting {
        static Databases other;

        @RegisterExtension
        static TestDatabase database;

        @Test
        void leavesAConnection(Databases databases) {
            DatabaseSettings settings = databases.using("default").settings();
            other = Databases.of(settings);
            other.get().ensureConnection();
        }
    }

    static class Nesting extends Sample {
        static TestDatabase second;

        @Test
        void hasAnotherRunInTheMiddle() {
            TestDatabase first = database;
            database = second;
            try {
                assertThat(SampleRun.of(Sample.class).failures().get("works(Databases)"))
                        .hasMessageContaining("is in use, by another test run or by another TestDatabase of this one");
            } finally {
                database = first;
            }
        }
    }

    @Test
    void aFileIsDroppedWithItsDirectory() {
        DatabaseSettings configured = Engine.FILE.configured(directory);
        Sample.database = Engine.shop(configured).build();

        SampleRun.of(Sample.class).succeeded(1);

        Path file = Path.of(Sample.used.name());
        assertThat(file.getFileName())
                .hasToString("test_" + Path.of(configured.name()).getFileName() + "_1");
        assertThat(file.getParent()).doesNotExist();
        assertThat(directory).as("the configured file and its neighbours").isEmptyDirectory();
    }

    @Test
    void aFileIsThereAlthoughNothingMigratedIt() {
        Plain.database = TestDatabase.of(Engine.FILE.configured(directory)).build();

        SampleRun.of(Plain.class).succeeded(1);
    }

    @Test
    void aDatabaseIsDroppedFromUnderWhoeverIsConnected() {
        DatabaseSettings configured = Engine.POSTGRESQL.configured(directory);
        Connecting.database = Engine.shop(configured).build();

        SampleRun.of(Connecting.class).succeeded(1);

        Connecting.other.close(Duration.ZERO);
        assertThat(madeBeside(configured)).isZero();
    }

    @Test
    void aFileIsKeptBesideTheConfiguredOne() {
        DatabaseSettings configured = Engine.FILE.configured(directory);
        Path kept = directory.resolve("test_" + Path.of(configured.name()).getFileName());
        for (int run = 0; run < 2; run++) {
            Sample.database = Engine.shop(configured).keep().build();
            SampleRun.of(Sample.class).succeeded(1);
            assertThat(kept).exists();
        }
        Sample.database = Engine.shop(configured).build();
        SampleRun.of(Sample.class, TestDatabase.KEEP, "true").succeeded(1);
        assertThat(Files.exists(Path.of(configured.name()))).isFalse();
    }

    @Test
    void aDatabaseOfAServerIsDropped() {
        DatabaseSettings configured = Engine.POSTGRESQL.configured(directory);
        Sample.database = Engine.shop(configured).build();

        SampleRun.of(Sample.class).succeeded(1);

        assertThat(Sample.used.name()).isEqualTo("test_" + configured.name() + "_1");
        assertThat(madeBeside(configured)).isZero();
    }

    @Test
    void aDatabaseOfAServerIsKept() {
        DatabaseSettings configured = Engine.POSTGRESQL.configured(directory);
        for (int run = 0; run < 2; run++) {
            Sample.database = Engine.shop(configured)
                    .name("kept_" + configured.name())
                    .keep()
                    .build();
            SampleRun.of(Sample.class).succeeded(1);
        }
        try (Databases server = Databases.of(configured)) {
            assertThat(server.query("SELECT 1 FROM pg_database WHERE datname = %s", "kept_" + configured.name()))
                    .hasSize(1);
        }
        Sample.database =
                Engine.shop(configured).name("kept_" + configured.name()).build();
        SampleRun.of(Sample.class).succeeded(1);
        try (Databases server = Databases.of(configured)) {
            assertThat(server.query("SELECT 1 FROM pg_database WHERE datname = %s", "kept_" + configured.name()))
                    .as("left by an earlier run, replaced and dropped")
                    .isEmpty();
        }
    }

    @Test
    void aDatabaseThatNoTestMadeIsLeftAlone() {
        DatabaseSettings configured = Engine.POSTGRESQL.configured(directory);
        try (Databases server = Databases.of(configured)) {
            server.execute("CREATE DATABASE \"test_" + configured.name() + "\"");
        }
        Sample.database = Engine.shop(configured).build();

        assertThat(SampleRun.of(Sample.class).failures().get("works(Databases)"))
                .hasMessageStartingWith("Database 'test_" + configured.name() + "' is there, and no test made it.");
        assertThat(madeBeside(configured)).isOne();
    }

    @Test
    void aDatabaseThatAnotherUsesIsRefused() {
        DatabaseSettings configured = Engine.POSTGRESQL.configured(directory);
        Nesting.database = Engine.shop(configured).build();
        Nesting.second = Engine.shop(configured).build();

        SampleRun.of(Nesting.class).succeeded(2);
    }

    @Test
    void aFailedSetUpLeavesNothing() {
        DatabaseSettings configured = Engine.POSTGRESQL.configured(directory);
        Sample.database = Engine.shop(configured)
                .setUp(databases -> databases.execute("no SQL"))
                .build();

        assertThat(SampleRun.of(Sample.class).failures().get("works(Databases)"))
                .hasMessageContaining("no SQL");
        assertThat(madeBeside(configured)).isZero();
    }

    private static int madeBeside(DatabaseSettings configured) {
        try (Databases server = Databases.of(configured)) {
            return server.query(
                            "SELECT 1 FROM pg_database WHERE datname ~ %s",
                            "^test_" + configured.name() + "(_[0-9]+)?$")
                    .size();
        }
    }
}
