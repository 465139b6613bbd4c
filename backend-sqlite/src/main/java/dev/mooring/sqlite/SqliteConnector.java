package dev.mooring.sqlite;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.spi.Connector;
import dev.mooring.spi.SqlStatement;
import java.io.File;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens a file, or the database in memory. */
final class SqliteConnector implements Connector {

    private static final String MEMORY = ":memory:";

    /** What SQLite counts the changes of. */
    private static final Set<String> COUNTING = Set.of("insert", "replace", "update", "delete", "with");

    /** How long SQLite itself may wait for a lock. It does so in native code, where a virtual thread holds its carrier. */
    private static final int MOST_NATIVE_MILLIS = 10;

    /** What is left of the write-ahead log once nobody reads it: four times what SQLite lets it grow to by itself. */
    private static final int LOG_BYTES = 16 * 1024 * 1024;

    private static final String LOG_NEEDED =
            "it is in WAL mode, and its -wal and -shm files, which even reading needs, could not be opened or created"
                    + " beside it. Make its directory writable, or, where that has to stay read-only, put a database"
                    + " there that was switched with PRAGMA journal_mode = DELETE";

    private final String alias;
    private final String name;
    private final File file;
    private final SqliteOptions options;
    private final Duration statementTimeout;
    private final boolean readOnly;
    /** What each connection opened, for as long as somebody has the connection; nothing for memory. */
    private final Map<Connection, OpenedFile> opened = Collections.synchronizedMap(new WeakHashMap<>());

    SqliteConnector(DatabaseSettings settings, SqliteOptions options) {
        this.alias = settings.alias();
        this.options = options;
        this.statementTimeout = settings.statementTimeout();
        this.readOnly = settings.readOnly();
        this.name = isInMemory(settings.name()) ? MEMORY : path(settings.name());
        this.file = new File(name);
        if (readOnly && isInMemory()) {
            throw new ImproperlyConfiguredException(
                    "Setting 'readOnly' of database '%s' is true, but a database in memory stays empty; name a file"
                            .formatted(alias));
        }
    }

    @Override
    public Connection open() throws SQLException {
        if (isInMemory()) {
            return connect();
        }
        Object before = OpenedFile.key(file.toPath());
        boolean isNew = !readOnly && file.length() == 0;
        Connection connection = connect();
        try {
            if (isNew && options.journalMode().isEmpty()) {
                switchToWal(connection);
            }
            Object after = OpenedFile.key(file.toPath());
            if (!OpenedFile.isAbsent(before) && !Objects.equals(before, after)) {
                throw moved("%s was replaced".formatted(file));
            }
            opened.put(connection, new OpenedFile(file.toPath(), after));
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
            readHeader(statement);
            for (String command : options.initCommands()) {
                statement.execute(command);
            }
        }
        OpenedFile known = opened.get(connection);
        if (known != null) {
            known.rememberLog();
        }
    }

    private void readHeader(Statement statement) throws SQLException {
        try {
            statement.execute("PRAGMA schema_version");
        } catch (SQLiteException e) {
            throw unreadable(e);
        }
    }

    /** Looks whether the connection is open, and its file still the one that has the name. Waits for nobody. */
    @Override
    public boolean isUsable(Connection connection, Duration timeout) {
        try {
            OpenedFile known = opened.get(connection);
            return !connection.isClosed() && (known == null || known.loss().isEmpty());
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public void verify(Connection connection) throws SQLException {
        OpenedFile known = opened.get(connection);
        if (known == null) {
            return;
        }
        if (known.hasLostLog() && !isInWalMode(connection)) {
            // Its user switched to another journal, and SQLite removed the log.
            known.forgetLog();
        }
        Optional<String> loss = known.loss();
        if (loss.isPresent()) {
            throw moved(loss.get());
        }
    }

    private SQLException moved(String loss) {
        return new SQLiteException(
                ("the file %s while it was open, so the data of this connection is not in the database file %s of"
                                + " today. Stop all processes that use a database before its files are touched;"
                                + " the next connection opens what is there then")
                        .formatted(loss, name),
                SQLiteErrorCode.SQLITE_READONLY_DBMOVED);
    }

    private static boolean isInWalMode(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA journal_mode")) {
            return row.next() && "wal".equalsIgnoreCase(row.getString(1));
        }
    }

    @Override
    public boolean isInMemory() {
        return isInMemory(name);
    }

    /** The file, whatever name it goes by. */
    @Override
    public Optional<Object> writeLockKey() {
        if (isInMemory()) {
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

    /** The driver takes it for a busy timeout, and would sleep in native code. */
    @Override
    public boolean honoursQueryTimeout() {
        return false;
    }

    @Override
    public void interrupt(Connection connection) throws SQLException {
        connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    }

    /** After any other the driver answers what the last of these did. */
    @Override
    public boolean countsChanges(SqlStatement statement) {
        return COUNTING.contains(statement.firstWord());
    }

    /** The driver prepares anew each time; a statement kept saves half of a small query. */
    @Override
    public int statementCacheSize() {
        return 128;
    }

    private int nativeMillis() {
        return Math.min(options.busyMillis(), MOST_NATIVE_MILLIS);
    }

    private static boolean isInMemory(String name) {
        return name.equals(MEMORY);
    }

    private Connection connect() throws SQLException {
        try {
            return JDBC.createConnection(JDBC.PREFIX + name, properties());
        } catch (SQLiteException e) {
            throw unreadable(e);
        }
    }

    private Properties properties() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(nativeMillis());
        config.enforceForeignKeys(true);
        config.setSynchronous(options.synchronous());
        config.enableLoadExtension(false);
        config.setReadOnly(readOnly);
        config.setJournalSizeLimit(LOG_BYTES);
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

    /** The driver fetches URLs behind {@code :resource:}, and takes what follows a question mark for settings. */
    private String path(String name) {
        boolean plain = !name.isEmpty()
                && name.indexOf('?') < 0
                && name.indexOf('\0') < 0
                && !name.toLowerCase(Locale.ROOT).startsWith("file:")
                && !name.toLowerCase(Locale.ROOT).startsWith(":resource:");
        if (!plain) {
            throw new ImproperlyConfiguredException(
                    ("Setting 'name' of database '%s' is not usable; give a file's path without '?', 'file:' and"
                                    + " ':resource:', or %s")
                            .formatted(alias, MEMORY));
        }
        return new File(name).getAbsolutePath();
    }

    private SQLException unreadable(SQLiteException e) {
        int code = e.getResultCode().code & 0xFF;
        boolean refused = code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || code == SQLiteErrorCode.SQLITE_READONLY.code
                || file.isDirectory(); // Opened to read only, a directory is an I/O error.
        return refused && !isInMemory() ? explained(e) : e;
    }

    private SQLException explained(SQLiteException e) {
        SQLiteException explained = new SQLiteException(
                "unable to open database file '%s': %s; check setting 'name' of database '%s'"
                        .formatted(name, reason(), alias),
                e.getResultCode());
        explained.initCause(e);
        return explained;
    }

    /** {@return why the file could not be opened, as far as it can be seen from outside} */
    private String reason() {
        File directory = file.getParentFile();
        if (file.isDirectory()) {
            return "it is a directory";
        } else if (directory != null && !directory.isDirectory()) {
            return "the directory '" + directory + "' does not exist";
        } else if (WalHeader.isInWalMode(file)) {
            return LOG_NEEDED;
        } else if (file.exists()) {
            return "it may not be read";
        }
        return readOnly ? "it does not exist" : "it may not be created";
    }
}
