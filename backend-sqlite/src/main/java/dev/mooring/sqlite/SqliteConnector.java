package dev.mooring.sqlite;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.spi.Connector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens a file, or the database in memory. */
final class SqliteConnector implements Connector {

    private static final String MEMORY = ":memory:";

    /** How long SQLite itself may wait for a lock. It does so in native code, where a virtual thread holds its carrier. */
    private static final int MOST_NATIVE_MILLIS = 10;

    private final String alias;
    private final String name;
    private final File file;
    private final SqliteOptions options;
    private final Duration statementTimeout;
    private final boolean readOnly;
    /** The file that each connection opened, for as long as somebody has the connection. */
    private final Map<Connection, @Nullable Object> opened = Collections.synchronizedMap(new WeakHashMap<>());

    SqliteConnector(DatabaseSettings settings, SqliteOptions options) {
        this.alias = settings.alias();
        this.options = options;
        this.statementTimeout = settings.statementTimeout();
        this.readOnly = settings.readOnly();
        this.name = holdsTheData(settings.name()) ? MEMORY : path(settings.name());
        this.file = new File(name);
        if (readOnly && holdsTheData()) {
            throw new ImproperlyConfiguredException(
                    "Setting 'readOnly' of database '%s' is true, but a database in memory would stay empty; name a file"
                            .formatted(alias));
        }
    }

    @Override
    public Connection open() throws SQLException {
        boolean isNew = !readOnly && !holdsTheData() && file.length() == 0;
        Connection connection = connect();
        try {
            if (isNew && options.journalMode().isEmpty()) {
                switchToWal(connection);
            }
            opened.put(connection, fileKey());
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void initialize(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // The driver has no property for this one. Functions in a schema that somebody else wrote are not to be
            // run.
            statement.execute("PRAGMA trusted_schema = OFF");
            // Reads the file's header: what is no database is found out here, and not by some query.
            statement.execute("PRAGMA schema_version");
            for (String command : options.initCommands()) {
                statement.execute(command);
            }
        }
    }

    /**
     * Looks whether the connection is open, and its file still the one that has the name: what is written to a deleted
     * file in WAL mode is lost without an error. Asks SQLite nothing, so it waits for nobody.
     */
    @Override
    public boolean isUsable(Connection connection, Duration timeout) {
        try {
            return !connection.isClosed() && Objects.equals(opened.get(connection), fileKey());
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public boolean holdsTheData() {
        return holdsTheData(name);
    }

    /** The file, whatever name it goes by. */
    @Override
    public Optional<Object> oneWriter() {
        if (holdsTheData()) {
            return Optional.empty();
        }
        try {
            return Optional.of(file.getCanonicalFile());
        } catch (IOException e) {
            return Optional.of(file);
        }
    }

    @Override
    public Duration lockTimeout() {
        return Duration.ofMillis(options.busyMillis());
    }

    /** The driver's own query timeout stops nothing that runs. */
    @Override
    public Duration statementTimeout() {
        return statementTimeout;
    }

    @Override
    public void interrupt(Connection connection) throws SQLException {
        connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    }

    /** The driver prepares anew each time; a statement kept saves half of a small query. */
    @Override
    public int statementCacheSize() {
        return 128;
    }

    private int nativeMillis() {
        return Math.min(options.busyMillis(), MOST_NATIVE_MILLIS);
    }

    private static boolean holdsTheData(String name) {
        return name.equals(MEMORY);
    }

    private Connection connect() throws SQLException {
        try {
            return JDBC.createConnection(JDBC.PREFIX + name, properties());
        } catch (SQLiteException e) {
            throw e.getResultCode() == SQLiteErrorCode.SQLITE_CANTOPEN ? explained(e) : e;
        }
    }

    private Properties properties() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(nativeMillis());
        config.enforceForeignKeys(true);
        config.setSynchronous(options.synchronous());
        config.enableLoadExtension(false);
        config.setReadOnly(readOnly);
        options.journalMode().ifPresent(config::setJournalMode);
        Properties properties = config.toProperties();
        properties.setProperty(SQLiteConfig.Pragma.LEGACY_ALTER_TABLE.getPragmaName(), "false");
        return properties;
    }

    /** Where several open a new file at once, all but one may find it busy: with the same switch. */
    private static void switchToWal(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
        } catch (SQLiteException e) {
            if (e.getResultCode() != SQLiteErrorCode.SQLITE_BUSY) {
                throw e;
            }
        }
    }

    /** {@return what tells this file from another of the same name; null for memory, and where files have no such key} */
    private @Nullable Object fileKey() {
        try {
            return holdsTheData()
                    ? null
                    : Files.readAttributes(file.toPath(), BasicFileAttributes.class)
                            .fileKey();
        } catch (IOException e) {
            return e.getClass();
        }
    }

    /** The driver fetches URLs behind {@code :resource:}, and takes what follows a question mark for settings. */
    private String path(String name) {
        boolean plain = !name.isEmpty()
                && name.indexOf('?') < 0
                && name.indexOf('\0') < 0
                && !name.toLowerCase(Locale.ROOT).startsWith("file:")
                && !name.toLowerCase(Locale.ROOT).startsWith(":resource:");
        if (!plain) {
            throw new ImproperlyConfiguredException(
                    "Setting 'name' of database '%s' is not usable; give a file's path without '?', 'file:' and ':resource:', or %s"
                            .formatted(alias, MEMORY));
        }
        return new File(name).getAbsolutePath();
    }

    private SQLException explained(SQLiteException e) {
        File directory = file.getParentFile();
        String reason = file.isDirectory()
                ? "it is a directory"
                : directory != null && !directory.isDirectory()
                        ? "the directory '" + directory + "' does not exist"
                        : "it "
                                + (file.exists()
                                        ? "may not be read"
                                        : readOnly ? "does not exist" : "may not be created");
        SQLiteException explained = new SQLiteException(
                "unable to open database file '%s': %s; check setting 'name' of database '%s'"
                        .formatted(name, reason, alias),
                e.getResultCode());
        explained.initCause(e);
        return explained;
    }
}
