package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.kit.AfterCheck;
import dev.mooring.migrations.EmptyDatabases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("wrong-answers")
@DisplayName("Warnings that PostgreSQL sends with a commit")
class PostgresWarningsTest {

    private Databases databases;
    private AfterCheck check;

    @BeforeEach
    void open() {
        databases = Databases.of(
                EmptyDatabases.postgres().toBuilder().maxConnections(1).build());
        check = AfterCheck.of(databases);
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY)");
        databases.execute("CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE NOTICE 'secret of row %', NEW.id; RETURN NEW; END $$");
        databases.execute("CREATE CONSTRAINT TRIGGER tell AFTER INSERT ON item DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION tell()");
    }

    @AfterEach
    void nothingIsLeftBehind() {
        check.closeAndVerify();
    }

    @Test
    @DisplayName("are not read by the next user of the connection")
    void areNotReadByTheNextUser() throws SQLException {
        databases.atomic(() -> databases.execute("INSERT INTO item VALUES (1)"));

        try (Connection connection = databases.dataSource().getConnection()) {
            assertThat((Throwable) connection.getWarnings()).isNull();
            connection.setAutoCommit(false);
            insert(connection, 2);
            connection.commit();
        }
        try (Connection connection = databases.dataSource().getConnection()) {
            assertThat((Throwable) connection.getWarnings()).isNull();
        }
    }

    @Test
    @DisplayName("are read by their own user until the next transaction begins")
    void areReadByTheirUser() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, 1);
            connection.commit();
            assertThat((Throwable) connection.getWarnings()).hasMessage("secret of row 1");
            insert(connection, 2);
            connection.commit();
            assertThat((Throwable) connection.getWarnings()).hasMessage("secret of row 2");
        }
    }

    @Test
    @DisplayName("do not gather on a connection that is held for long")
    void doNotGather() throws SQLException {
        try (Lease lease = databases.get().hold()) {
            assertThat(lease).isNotNull();
            for (int i = 0; i < 50; i++) {
                int id = i;
                databases.atomic(() -> databases.execute("INSERT INTO item VALUES (%s)", id));
            }
            assertThat(count(databases.get().connection().getWarnings())).isEqualTo(1);
        }
        try (Connection connection = databases.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 100; i < 150; i++) {
                insert(connection, i);
                connection.commit();
            }
            assertThat(count(connection.getWarnings())).isEqualTo(1);
        }
    }

    private static void insert(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO item VALUES (?)")) {
            statement.setInt(1, id);
            statement.executeUpdate();
        }
    }

    private static int count(SQLWarning first) {
        int count = 0;
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            count++;
        }
        return count;
    }
}
