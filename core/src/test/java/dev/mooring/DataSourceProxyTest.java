package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before the objects of the driver. */
class DataSourceProxyTest extends DataSourceFixture {

    @Test
    void leadBackToEachOther() throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("SELECT 1");
                ResultSet rows = statement.executeQuery()) {
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(rows.getStatement()).isSameAs(statement);
            assertThat(java.util.Set.of(connection)).contains(statement.getConnection());
            assertThat(connection.toString()).contains("default");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1)).isEqualTo(1);
        }
    }

    @Test
    void showTheDriversOwnToThoseWhoAskAndThenLetItGo() throws SQLException {
        try (Connection connection = connection()) {
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(connection.isWrapperFor(FakeConnection.class)).isTrue();
            assertThat(connection.unwrap(FakeConnection.class)).isNotNull();
            assertThatThrownBy(() -> connection.unwrap(List.class)).isInstanceOf(SQLException.class);
        }
        assertThat(database.open()).isZero();
    }

    @Test
    void letTheConnectionGoIfWhatIsReadThroughItIsShown() throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.unwrap(FakeConnection.class)).isNotNull();
        }
        assertThat(database.open()).isZero();
        try (Connection connection = connection()) {
            assertThat(connection.getMetaData().unwrap(FakeConnection.class)).isNotNull();
        }
        assertThat(database.open()).isZero();
    }

    @Test
    void standBeforeTheMetadataAndItsRows() throws SQLException {
        database.fail("close rows of TABLES", error("08006"));
        ResultSet tables;
        try (Connection connection = connection()) {
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(metaData.getConnection()).isSameAs(connection);
            tables = metaData.getTables(null, null, null, null);
            assertThat(tables.getStatement()).isNull();
            assertThat(tables.next()).isTrue();
        }
        closed(tables::next);
        assertThat(database.open()).isZero();
    }

    @Test
    void areClosedLikeWhatIsBehindThem() throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("SELECT 1");
                ResultSet rows = statement.executeQuery()) {
            assertThat(rows.isClosed()).isFalse();
            rows.close();
            assertThat(rows.isClosed()).isTrue();
            assertThat(statement.isClosed()).isFalse();
            statement.close();
            assertThat(statement.isClosed()).isTrue();
        }
    }

    @Test
    void areCancelledByAnyThread() throws Exception {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("DO")) {
            boolean cancelled = FakeSetup.onAnotherThread(() -> {
                statement.cancel();
                return true;
            });
            assertThat(cancelled).isTrue();
            assertThat(database.interrupts).hasValue(1);
        }
    }

    @Test
    void runBatches() throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("DO")) {
            statement.setObject(1, 2);
            statement.addBatch();
            assertThat(statement.executeBatch()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET a,DO", "DO,SET a"})
    void keepASessionFromOthersThatABatchChanged(String texts) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            for (String sql : texts.split(",", -1)) {
                statement.addBatch(sql);
            }
            assertThat(statement.executeBatch()).hasSize(3);
        }
        assertThat(database.resets).hasValue(1);
    }

    @Test
    void leadToTheDatabase() throws SQLException {
        assertThat(dataSource().unwrap(Database.class).alias()).isEqualTo("default");
    }

    @Test
    void takeNoUserAndNoPassword() {
        assertThatThrownBy(() -> dataSource().getConnection("me", "secret"))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }
}
