package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.kit.AfterCheck;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

@Tag("wrong-answers")
@DisplayName("A COPY that was left open")
class PostgresOpenCopyTest {

    @Test
    @Timeout(120)
    @DisplayName("ends with its lease, blocks nobody, and keeps no row")
    void endsWithItsLease() throws SQLException {
        try (Databases databases = Databases.of(
                EmptyDatabases.postgres().toBuilder().maxConnections(1).build())) {
            AfterCheck check = AfterCheck.of(databases);
            databases.execute("CREATE TABLE item (id integer PRIMARY KEY)");
            try (Lease lease = databases.get().hold()) {
                assertThat(lease).isNotNull();
                leaveCopyOpen(databases.get().connection());
            }
            assertThat(databases.query("SELECT id FROM item")).isEmpty();

            try (Connection connection = databases.dataSource().getConnection()) {
                leaveCopyOpen(connection);
            }
            assertThat(databases.query("SELECT id FROM item")).isEmpty();
            check.closeAndVerify();
        }
    }

    private static void leaveCopyOpen(Connection connection) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY item FROM STDIN");
        byte[] row = "1\n".getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(row, 0, row.length);
        assertThat(copy.isActive()).isTrue();
    }
}
