package dev.mooring.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On SQLite, a transaction whose changes have rows that nobody has read to the end. */
@Tag("wrong-answers")
class SqliteUnreadChangesTest {

    private static final String INSERT = "INSERT INTO changed (v) VALUES (7), (8) RETURNING id";

    @TempDir
    Path directory;

    private Databases databases;

    /** What returns rows, and leaves some unread. */
    enum Change {
        INSERTING(INSERT, 5),
        UPDATING("UPDATE changed SET v = v + 1 RETURNING id", 3),
        DELETING("DELETE FROM changed RETURNING id", 0),
        WITH("WITH q AS (SELECT 5 AS v UNION SELECT 6) INSERT INTO changed (v) SELECT v FROM q RETURNING id", 5);

        private final String sql;
        private final int rowsAfter;

        Change(String sql, int rowsAfter) {
            this.sql = sql;
            this.rowsAfter = rowsAfter;
        }
    }

    @BeforeEach
    void open() {
        databases = Databases.of(DatabaseSettings.builder("default")
                .engine("sqlite")
                .name(directory.resolve("changes.db").toString())
                .build());
        databases.execute("CREATE TABLE changed (id integer PRIMARY KEY, v integer)");
        databases.execute("INSERT INTO changed (v) VALUES (1), (2), (3)");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Rows of RETURNING that are left unread keep no connection of the DataSource from rolling back")
    void rollsBack(Change change) throws SQLException {
        try (Connection connection = connection()) {
            leaveUnread(connection, change);
            connection.rollback();

            assertThat(sum(connection)).isEqualTo(6);
            update(connection, "INSERT INTO changed (v) VALUES (100)");
            connection.commit();
        }
        assertThat(count()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Nor from committing, by commit() and by setAutoCommit(true)")
    void commits(Change change) throws SQLException {
        for (boolean on : List.of(true, false)) {
            databases.execute("DELETE FROM changed");
            databases.execute("INSERT INTO changed (v) VALUES (1), (2), (3)");
            try (Connection connection = connection()) {
                ResultSet rows = connection.createStatement().executeQuery(change.sql);
                rows.next();
                PreparedStatement prepared = connection.prepareStatement(INSERT);
                prepared.execute();
                if (on) {
                    connection.setAutoCommit(true);
                } else {
                    connection.commit();
                }
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(rows::next)
                        .withMessageContaining("were closed before they were read to the end");
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(prepared::getResultSet)
                        .withMessageContaining("read them before");
                assertThat(sum(connection)).isNotNegative();
                assertThat(prepared.executeQuery().next()).isTrue();
            }
            assertThat(count()).isEqualTo(change.rowsAfter + (on ? 4 : 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Nor from setting, releasing and going back to a savepoint")
    void usesSavepoints(Change change) throws SQLException {
        try (Connection connection = connection()) {
            update(connection, "INSERT INTO changed (v) VALUES (50)");
            Savepoint outer = connection.setSavepoint();
            leaveUnread(connection, change);
            Savepoint inner = connection.setSavepoint();
            leaveUnread(connection, change);
            connection.releaseSavepoint(inner);
            leaveUnread(connection, change);
            connection.rollback(outer);
            connection.commit();
        }
        assertThat(count()).isEqualTo(4);
    }

    @Test
    @DisplayName("Nor from closing, which rolls back; and with autocommit on the change is committed")
    void closes() throws SQLException {
        try (Connection connection = connection()) {
            leaveUnread(connection, Change.INSERTING);
        }
        assertThat(count()).isEqualTo(3);
        try (Connection connection = databases.dataSource().getConnection()) {
            leaveUnread(connection, Change.INSERTING);
            connection.setAutoCommit(false);
            update(connection, "INSERT INTO changed (v) VALUES (50)");
            connection.commit();
        }
        assertThat(count()).isEqualTo(6);
    }

    /** What runs with autocommit on while rows of a change are unread on the same connection. */
    enum Later {
        INSERTING("INSERT INTO changed (v) VALUES (9)", 6),
        SELECTING_NOTHING("SELECT id FROM changed WHERE v > 1000", 5);

        private final String sql;
        private final int rowsAfter;

        Later(String sql, int rowsAfter) {
            this.sql = sql;
            this.rowsAfter = rowsAfter;
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("With autocommit on, the next statement closes unread rows, so that it is committed, and once")
    void commitsEachStatement(Later later) throws SQLException {
        for (boolean prepared : List.of(true, false)) {
            databases.execute("DELETE FROM changed");
            databases.execute("INSERT INTO changed (v) VALUES (1), (2), (3)");
            try (Connection connection = databases.dataSource().getConnection()) {
                ResultSet rows = connection.createStatement().executeQuery(INSERT);
                rows.next();
                if (prepared) {
                    connection.prepareStatement(later.sql).execute();
                } else {
                    databases.execute(later.sql);
                }
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(rows::next)
                        .withMessageContaining("another statement ran with autocommit on");
            }
            assertThat(committed()).isEqualTo(later.rowsAfter);
            databases.atomic(() -> databases.execute("DELETE FROM changed"));
        }
    }

    @Test
    @DisplayName("With autocommit on, asking for metadata closes unread rows, so that they are committed")
    void commitsBeforeMetaData() throws SQLException {
        try (Connection connection = databases.dataSource().getConnection()) {
            ResultSet rows = connection.createStatement().executeQuery(INSERT);
            rows.next();
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(rows.getRow()).as("nothing was asked yet").isEqualTo(1);

            metaData.getTables(null, null, "none of that name", null).close();
            metaData.getColumns(null, null, "none of that name", null).close();

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(rows::next)
                    .withMessageContaining("another statement ran with autocommit on");
        }
        assertThat(committed()).isEqualTo(5);
        databases.atomic(() -> databases.execute("DELETE FROM changed"));
    }

    /** {@return how many rows another program sees} */
    private int committed() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("changes.db"));
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM changed")) {
            return row.getInt(1);
        }
    }

    @Test
    @DisplayName("Rows that were read to the end, and those of a SELECT, are as they were")
    void leavesOthersAlone() throws SQLException {
        try (Connection connection = connection()) {
            ResultSet selected = connection.createStatement().executeQuery("SELECT id FROM changed");
            selected.next();
            ResultSet rows = connection.createStatement().executeQuery(INSERT);
            while (rows.next()) {
                assertThat(rows.getInt(1)).isPositive();
            }
            connection.setSavepoint();
            assertThat(rows.next()).isFalse();
            assertThat(selected.next()).isTrue();
            connection.commit();
        }
        assertThat(count()).isEqualTo(5);
    }

    @Test
    @DisplayName("In atomic, unread rows on a connection of the DataSource keep the block from neither end")
    void endsAtomic() throws SQLException {
        databases.<SQLException>atomic(() -> {
            Connection connection = databases.dataSource().getConnection();
            leaveUnread(connection, Change.INSERTING);
            databases.atomic(() -> databases.execute("INSERT INTO changed (v) VALUES (50)"));
            leaveUnread(connection, Change.INSERTING);
            connection.close();
            Connection other = databases.dataSource().getConnection();
            leaveUnread(other, Change.INSERTING);
        });
        assertThat(count()).isEqualTo(10);
    }

    @Test
    @DisplayName("A cursor with a fetch size and a stream have the rows of RETURNING at once, and read on in any block")
    void readsCursorsOn() {
        databases.atomic(() -> {
            try (Cursor cursor = databases.get().cursor();
                    Stream<Row> stream = databases.stream(INSERT)) {
                cursor.fetchSize(1);
                cursor.execute(INSERT);
                assertThat(cursor.rowCount()).isEqualTo(2);
                cursor.fetchOne();
                databases.atomic(() -> databases.execute("INSERT INTO changed (v) VALUES (50)"));
                assertThat(cursor.fetchOne()).isNotNull();
                assertThat(cursor.fetchOne()).isNull();
                assertThat(stream.count()).isEqualTo(2);
            }
        });
        databases.get().transaction().setAutocommit(false);
        try (Cursor cursor = databases.get().cursor()) {
            cursor.fetchSize(1);
            cursor.execute(INSERT);
            databases.get().transaction().rollback();
            cursor.execute(INSERT);
            databases.get().transaction().commit();
        }
        databases.get().transaction().setAutocommit(true);
        assertThat(count()).isEqualTo(10);
    }

    private Connection connection() throws SQLException {
        Connection connection = databases.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Several statements, one whose rows were asked for and one whose were not. */
    private static void leaveUnread(Connection connection, Change change) throws SQLException {
        Statement statement = connection.createStatement();
        assertThat(statement.execute(change.sql)).isTrue();
        if (change == Change.INSERTING) {
            statement.getResultSet().next();
        }
    }

    private static void update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static int sum(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(sum(v), 0) + 1 - 1 FROM changed")) {
            row.next();
            return row.getInt(1);
        }
    }

    private int count() {
        return databases.query("SELECT id FROM changed").size();
    }
}
