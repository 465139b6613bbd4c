package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettingsBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one user of a connection leaves to the next: nothing. There is one connection, so that the next user would find it. */
public abstract class SessionContract extends Contract {

    /** For subclasses. */
    protected SessionContract() {}

    @Override
    protected DatabaseSettingsBuilder settings() {
        return super.settings().maxConnections(1);
    }

    @BeforeEach
    final void createItem() {
        databases.execute("DROP TABLE IF EXISTS item");
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY)");
    }

    @Test
    @DisplayName("SES-01 What a statement changes in the session is gone after the unit of work")
    void leavesNothingOfAStatement() {
        changes().forEach(change -> {
            String before = look(databases, change.look());
            try (UnitOfWork unit = databases.unitOfWork()) {
                change.statements().forEach(databases::execute);
                assertThat(look(databases, change.look()))
                        .as("%s does something", change)
                        .isNotEqualTo(before);
            }

            assertThat(look(databases, change.look())).as("after %s", change).isEqualTo(before);
        });
    }

    @Test
    @DisplayName("SES-02 What a statement changes on a connection of the DataSource is gone when that is closed")
    void leavesNothingOfAConnection() throws SQLException {
        for (SessionChange change : changes()) {
            String before = look(databases, change.look());
            try (Connection connection = databases.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                for (String sql : change.statements()) {
                    statement.execute(sql);
                }
            }

            assertThat(look(databases, change.look())).as("after %s", change).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("SES-03 A transaction left open on a connection of the DataSource is rolled back")
    void leavesNoTransaction() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO item VALUES (1)");
        }

        assertThat(databases.query("SELECT id FROM item")).isEmpty();
        databases.execute("INSERT INTO item VALUES (2)");
        assertThat(databases.query(Integer.class, "SELECT id FROM item")).containsExactly(2);
    }

    @Test
    @DisplayName("SES-04 Queries and changes of rows cost no reset and no connection")
    void keepsTheConnection() {
        long opened = databases.using("default").counts().opened();
        for (String harmless :
                List.of("SELECT 1", "INSERT INTO item VALUES (1)", "UPDATE item SET id = 2", "DELETE FROM item")) {
            assertThat(databases.using("default").backend().sessionRules().leavesSessionAlone(harmless))
                    .as(harmless)
                    .isTrue();
            databases.execute(harmless);
        }

        assertThat(databases.using("default").counts().opened()).isEqualTo(opened);
    }

    private List<SessionChange> changes() {
        List<SessionChange> changes = backend().sessionChanges();
        Assumptions.assumeFalse(changes.isEmpty(), "sessionChanges() of the backend under test names no change");
        return changes;
    }

    /** {@return the rows of {@code query}, or the class of its error: a temporary table is there or is not} */
    private static String look(Databases databases, String query) {
        try {
            return databases.query(query).stream()
                    .map(row -> row.values().toString())
                    .toList()
                    .toString();
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }
}
