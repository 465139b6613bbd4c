package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ConnectionInfo;
import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
import dev.mooring.libraries.EngineTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Connections that are replaced on request")
class SoftEvictConnectionsTest extends EngineTest {

    @Override
    protected DatabaseSettingsBuilder with(DatabaseSettingsBuilder settings) {
        return settings.maxConnections(1);
    }

    private static List<Long> open(Databases of) {
        return of.using("default").connections().stream()
                .map(ConnectionInfo::number)
                .toList();
    }

    private void evict() {
        databases.using("default").softEvictConnections();
    }

    @Test
    @DisplayName("are closed at once if nobody uses them, and the next user has another")
    void idle() {
        assertThat(open(databases)).containsExactly(1L);

        evict();

        assertThat(open(databases)).isEmpty();
        assertThat(databases.query("SELECT id FROM item")).isEmpty();
        assertThat(open(databases)).containsExactly(2L);
    }

    @Test
    @DisplayName("end with the transaction that uses them, which is committed")
    void inTransaction() {
        databases.atomic(() -> {
            databases.execute("INSERT INTO item VALUES (1, 'a')");
            evict();
            databases.execute("INSERT INTO item VALUES (2, 'b')");
            assertThat(open(databases)).containsExactly(1L);
        });

        assertThat(databases.query("SELECT id FROM item")).hasSize(2);
        assertThat(open(databases)).containsExactly(2L);
    }

    @Test
    @DisplayName("end when the connection of the DataSource is closed")
    void ofTheDataSource() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO item VALUES (1, 'a')");
            evict();
            statement.execute("INSERT INTO item VALUES (2, 'b')");
            assertThat(open(databases)).containsExactly(1L);
        }

        assertThat(databases.query("SELECT id FROM item")).hasSize(2);
        assertThat(open(databases)).containsExactly(2L);
    }

    @Test
    @DisplayName("end at the boundary of the unit of work if the thread keeps its connection")
    void keptByThread() {
        DatabaseSettings settings = databases.using("default").settings();
        try (Databases keeping =
                Databases.of(settings.toBuilder().leaseScope(LeaseScope.THREAD).build())) {
            assertThat(keeping.query("SELECT id FROM item")).isEmpty();
            keeping.using("default").softEvictConnections();
            try (UnitOfWork unit = keeping.unitOfWork()) {
                assertThat(keeping.query("SELECT id FROM item")).isEmpty();
                assertThat(open(keeping)).containsExactly(2L);
            }
        }
    }
}
