package dev.mooring.engines;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.ServerCount;
import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.SampleError;
import dev.mooring.kit.contracts.SessionChange;
import dev.mooring.kit.contracts.ValueType;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.spi.BackendProvider;
import dev.mooring.sqlite.SqliteBackendProvider;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite as the kit tests it. */
public class SqliteUnderTest implements BackendUnderTest {

    @Override
    public String name() {
        return "SQLite";
    }

    @Override
    public BackendProvider provider() {
        return new SqliteBackendProvider();
    }

    @Override
    public DatabaseSettings emptyDatabase(Path directory) {
        return EmptyDatabases.sqlite(directory).toBuilder()
                .option("synchronous", "OFF")
                .build();
    }

    /** The same for all that asks within a test. */
    @Override
    public DatabaseSettings database(Path directory) {
        return TestDatabases.sqlite(directory).build();
    }

    @Override
    public Connection plain(DatabaseSettings settings) throws SQLException {
        Properties quick = new Properties();
        // Nothing here has to outlast a power cut.
        quick.setProperty("synchronous", "OFF");
        return DriverManager.getConnection("jdbc:sqlite:" + settings.name(), quick);
    }

    /** SQLite has no SQLSTATEs. */
    @Override
    public SQLException error(SampleError error) {
        return switch (error) {
            case DUPLICATE -> new SQLiteException("Injected: " + error, SQLiteErrorCode.SQLITE_CONSTRAINT);
            case CONFLICT -> new SQLiteException("Injected: " + error, SQLiteErrorCode.SQLITE_BUSY);
            case SESSION_ENDED -> BackendUnderTest.super.error(error);
        };
    }

    /** Descriptors of the file; {@code plain} has one. */
    @Override
    public ServerCount sessions(DatabaseSettings settings, Connection plain) {
        ServerCount descriptors = ServerCount.descriptorsOf(Path.of(settings.name()));
        return () -> new ServerCount.Sessions(descriptors.now().open() - 1, 0);
    }

    @Override
    public String numberedKey() {
        return "integer PRIMARY KEY AUTOINCREMENT";
    }

    @Override
    public String column(ValueType type) {
        return switch (type) {
            case BOOLEAN -> "bool";
            case BYTE, SHORT -> "smallint";
            case INTEGER -> "integer";
            case LONG, BIG_INTEGER, DURATION -> "bigint";
            case FLOAT, DOUBLE -> "real";
            case DECIMAL -> "decimal";
            case STRING, JSON -> "text";
            case CHARACTER -> "varchar(1)";
            case ENUM -> "varchar(20)";
            case UUIDS -> "char(32)";
            case BYTES -> "BLOB";
            case DATE -> "date";
            case TIME -> "time";
            case OFFSET_TIME -> "";
            case DATE_TIME, INSTANT, OFFSET_DATE_TIME, ZONED_DATE_TIME -> "datetime";
        };
    }

    @Override
    public String bytes() {
        return "blob";
    }

    @Override
    public List<SessionChange> sessionChanges() {
        return List.of(
                SessionChange.of("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys"),
                SessionChange.of("/* hidden */ PRAGMA cache_size = 17", "PRAGMA cache_size"),
                SessionChange.of("CREATE TEMP TABLE scratch (id integer)", "SELECT id FROM scratch"),
                SessionChange.of("ATTACH ':memory:' AS other", "SELECT * FROM other.sqlite_master"));
    }
}
