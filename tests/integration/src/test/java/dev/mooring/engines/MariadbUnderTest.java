package dev.mooring.engines;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.ServerCount;
import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.SampleError;
import dev.mooring.kit.contracts.SessionChange;
import dev.mooring.kit.contracts.ValueType;
import dev.mooring.mariadb.MariadbBackendProvider;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.spi.BackendProvider;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** MariaDB as the kit tests it. */
public final class MariadbUnderTest implements BackendUnderTest {

    /** The sessions of the test's own database. */
    private static final String SESSIONS = """
            SELECT count(*), coalesce(sum(EXISTS (
                SELECT 1 FROM performance_schema.threads t JOIN performance_schema.events_transactions_current e
                USING (thread_id) WHERE t.processlist_id = p.id AND e.state = 'ACTIVE')), 0)
            FROM information_schema.processlist p WHERE p.db = database() AND p.id <> connection_id()
            """;

    @Override
    public String name() {
        return "MariaDB";
    }

    @Override
    public BackendProvider provider() {
        return new MariadbBackendProvider();
    }

    @Override
    public DatabaseSettings emptyDatabase(Path directory) {
        return EmptyDatabases.mariadb();
    }

    @Override
    public DatabaseSettings database(Path directory) {
        return TestDatabases.mariadb().build();
    }

    @Override
    public Connection plain(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + settings.port().orElseThrow() + "/" + settings.name(),
                settings.user(),
                settings.password().reveal());
    }

    @Override
    public ServerCount sessions(DatabaseSettings settings, Connection plain) {
        return ServerCount.of(plain, SESSIONS);
    }

    /** A duplicate, a lock that was waited for too long, a connection that was killed: the server's numbers decide. */
    @Override
    public SQLException error(SampleError error) {
        String text = "Injected: " + error;
        return switch (error) {
            case DUPLICATE -> new SQLException(text, "23000", 1062);
            case CONFLICT -> new SQLException(text, "HY000", 1205);
            case SESSION_ENDED -> new SQLException(text, "70100", 1927);
        };
    }

    @Override
    public String numberedKey() {
        return "integer AUTO_INCREMENT PRIMARY KEY";
    }

    @Override
    public String column(ValueType type) {
        return switch (type) {
            case BOOLEAN -> "bool";
            case FLOAT, DOUBLE -> "double precision";
            case DECIMAL -> "decimal(65, 20)";
            case BIG_INTEGER -> "decimal(65, 0)";
            case STRING -> "longtext";
            case UUIDS -> "char(32)";
            case BYTES -> "longblob";
            case DATE_TIME, INSTANT, OFFSET_DATE_TIME, ZONED_DATE_TIME -> "datetime(6)";
            case TIME -> "time(6)";
            case DURATION -> "bigint";
            case OFFSET_TIME -> "";
            case BYTE, SHORT -> "smallint";
            case INTEGER -> "integer";
            case LONG -> "bigint";
            case CHARACTER -> "varchar(1)";
            case ENUM -> "varchar(20)";
            case JSON -> "json";
            case DATE -> "date";
        };
    }

    @Override
    public String bytes() {
        return "binary(1)";
    }

    @Override
    public List<String> conflicting() {
        return List.of("SET SESSION innodb_snapshot_isolation = ON");
    }

    @Override
    public List<SessionChange> sessionChanges() {
        return List.of(
                SessionChange.of("SET time_zone = '+09:00'", "SELECT @@time_zone"),
                SessionChange.of("/*! SET max_recursive_iterations = 7 */", "SELECT @@max_recursive_iterations"),
                SessionChange.of("SET @tenant = 'alice'", "SELECT @tenant"),
                SessionChange.of("SELECT @user := 'bob'", "SELECT @user"),
                SessionChange.of("CREATE TEMPORARY TABLE scratch (id integer)", "SELECT id FROM scratch"));
    }
}
