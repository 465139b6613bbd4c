package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.kit.AfterCheck;
import dev.mooring.libraries.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("wrong-answers")
@DisplayName("A connection of the DataSource that was aborted")
@ParameterizedClass
@EnumSource(Engine.class)
class AbortedConnectionTest {

    @Parameter
    Engine engine;

    @TempDir
    Path directory;

    private Databases databases;
    private AfterCheck check;

    @BeforeEach
    void open() {
        databases = Databases.of(
                engine.settings(directory).toBuilder().maxConnections(1).build());
        check = AfterCheck.of(databases);
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY, name varchar(50))");
    }

    @AfterEach
    void nothingIsLeftBehind() {
        check.closeAndVerify();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("is closed, closes quietly, and the next ten users have another")
    void isNeverParked(boolean autocommit) throws SQLException {
        for (int i = 0; i < 10; i++) {
            try (Connection connection = databases.dataSource().getConnection()) {
                connection.setAutoCommit(autocommit);
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("UPDATE item SET name = 'x'");
                }
                connection.abort(Runnable::run);
                assertThat(connection.isClosed()).isTrue();
            }
            assertThat(databases.query("SELECT id FROM item")).isEmpty();
        }
    }

    @Test
    @DisplayName("is not parked either if the executor aborts it later")
    void isNotParkedBeforeTheAbortIsRun() throws SQLException {
        Queue<Runnable> later = new ArrayDeque<>();
        try (Connection connection = databases.dataSource().getConnection()) {
            assertThat(connection.getMetaData().getDatabaseProductName()).isNotEmpty();
            connection.abort(later::add);
        }

        databases.atomic(() -> {
            databases.execute("INSERT INTO item VALUES (1, 'a')");
            later.forEach(Runnable::run);
            databases.execute("INSERT INTO item VALUES (2, 'b')");
        });
        assertThat(databases.query("SELECT id FROM item")).hasSize(2);
    }
}
