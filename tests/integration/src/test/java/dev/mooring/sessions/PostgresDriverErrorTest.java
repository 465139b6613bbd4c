package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("On PostgreSQL")
class PostgresDriverErrorTest extends DriverErrorContract {

    @Override
    DatabaseSettings settings(Path directory) {
        return EmptyDatabases.postgres();
    }

    @Override
    String url(DatabaseSettings settings) {
        return "jdbc:postgresql://localhost:%d/%s?user=postgres"
                .formatted(settings.port().orElseThrow(), settings.name());
    }

    @Override
    Map<String, Call> calls() {
        Map<String, Call> calls = super.calls();
        calls.put("executeUpdate with several results", c -> run(c, s -> s.executeUpdate("SELECT 1; SELECT 2")));
        calls.put("executeQuery with several results", c -> run(c, s -> s.executeQuery("SELECT 1; SELECT 2")));
        calls.put("COPY as a statement", c -> run(c, s -> s.execute("COPY item FROM STDIN")));
        calls.put("a division by zero", c -> run(c, s -> s.execute("SELECT 1 / 0")));
        calls.put("createArrayOf of byte arrays in a list", c -> c.createArrayOf("int4", new Object[] {List.of()}));
        return calls;
    }

    @Test
    @DisplayName(
            "an exception out of a parameter that is being sent ends the connection: half a message may be on its way")
    void anExceptionWhileAParameterIsSentEndsTheConnection() throws SQLException {
        try (Connection view = databases.dataSource().getConnection();
                PreparedStatement statement = view.prepareStatement("SELECT ?::bytea")) {
            statement.setBinaryStream(1, new FailingStream(), 1_000);
            assertThatThrownBy(statement::executeQuery).isInstanceOf(Exception.class);
            assertThatThrownBy(() -> view.createStatement().executeQuery("SELECT 1"))
                    .isInstanceOf(SQLException.class);
        }

        assertThat(databases.query("SELECT 2 AS two")).hasSize(1);
        assertThat(databases.using("default").counts().opened()).isEqualTo(2);
    }
}
