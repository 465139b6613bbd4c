package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.libraries.EngineTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("wrong-answers")
@DisplayName("A connection of the DataSource that was aborted")
class AbortedConnectionTest extends EngineTest {

    @Override
    protected DatabaseSettingsBuilder with(DatabaseSettingsBuilder settings) {
        return settings.maxConnections(1);
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
