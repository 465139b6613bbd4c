package dev.mooring.mariadb;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.BackendOptions;
import dev.mooring.spi.SqlStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of a MariaDB database: Django's by Django's names, those of the driver by the driver's.
 *
 * @param sqlModes {@code sql_mode}, in upper case
 * @param isolationLevel {@code isolation_level}, as the server spells it in a variable
 * @param initCommands the statements of {@code init_command}
 * @param driver what is handed to the driver, by its names
 */
record MariadbOptions(
        Set<String> sqlModes, String isolationLevel, List<String> initCommands, Map<String, String> driver) {

    /** What MariaDB and MySQL have by default, but for what MariaDB has no more and what depends on the version. */
    private static final String DEFAULT_SQL_MODE =
            "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

    /** Statements and literals are written, and SQL is read, as they are without these. */
    private static final Set<String> FOREIGN_MODES =
            Set.of("NO_BACKSLASH_ESCAPES", "ORACLE", "MSSQL", "DB2", "MAXDB", "POSTGRESQL");

    private static final Map<String, String> ISOLATION = Map.of(
            "read uncommitted", "READ-UNCOMMITTED",
            "read committed", "READ-COMMITTED",
            "repeatable read", "REPEATABLE-READ",
            "serializable", "SERIALIZABLE");

    private static final Map<String, String> YES_NO = Map.of(
            "1", "true", "true", "true", "yes", "true", "on", "true", "0", "false", "false", "false", "no", "false",
            "off", "false");

    /** The words of mysqlclient and those of the driver. */
    private static final Map<String, String> SSL_MODES = Map.ofEntries(
            Map.entry("disabled", "disable"),
            Map.entry("disable", "disable"),
            Map.entry("required", "trust"),
            Map.entry("trust", "trust"),
            Map.entry("verify_ca", "verify-ca"),
            Map.entry("verify-ca", "verify-ca"),
            Map.entry("verify_identity", "verify-full"),
            Map.entry("verify-full", "verify-full"));

    private static final Set<String> OURS = Set.of("sql_mode", "isolation_level", "init_command");
    private static final Set<String> TEXTS = Set.of(
            "serverSslCert",
            "keyStore",
            "keyStorePassword",
            "keyStoreType",
            "keyPassword",
            "trustStore",
            "trustStorePassword",
            "trustStoreType",
            "enabledSslProtocolSuites",
            "enabledSslCipherSuites",
            "serverRsaPublicKeyFile",
            "restrictedAuth",
            "connectionAttributes");
    private static final Set<String> SWITCHES = Set.of(
            "tcpKeepAlive",
            "useCompression",
            "useServerPrepStmts",
            "cachePrepStmts",
            "allowPublicKeyRetrieval",
            "disablePipeline",
            "permitRedirect");
    private static final Set<String> NUMBERS = Set.of(
            "defaultFetchSize",
            "maxAllowedPacket",
            "prepStmtCacheSize",
            "tcpKeepIdle",
            "tcpKeepCount",
            "tcpKeepInterval");

    private static final String LOADS_CODE = "it makes the driver load a class; do that in a backend of your own";
    private static final String TIMEOUTS =
            "use the setting of that purpose: connectTimeout, statementTimeout, probeTimeout";
    private static final String VALUES = "values are written and read as Django does; leave it out";
    private static final String SESSION =
            "the layer sets up the session; use sql_mode, isolation_level or init_command";

    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("socketFactory", LOADS_CODE),
            Map.entry("tlsSocketType", LOADS_CODE),
            Map.entry("credentialType", LOADS_CODE),
            Map.entry("connectTimeout", TIMEOUTS),
            Map.entry("connect_timeout", TIMEOUTS),
            Map.entry("socketTimeout", TIMEOUTS),
            Map.entry("read_timeout", TIMEOUTS),
            Map.entry("write_timeout", TIMEOUTS),
            Map.entry("user", "use the setting 'user'"),
            Map.entry("password", "use the setting 'password'"),
            Map.entry("charset", "it is always utf8mb4; leave it out"),
            Map.entry("allowMultiQueries", "a text in which another was injected would run both; leave it out"),
            Map.entry("rewriteBatchedStatements", "it needs several statements in one text; leave it out"),
            Map.entry("allowLocalInfile", "the server could ask for any file of this machine; leave it out"),
            Map.entry("useAffectedRows", "rows that an UPDATE finds are counted, as in Django; leave it out"),
            Map.entry("tinyInt1isBit", VALUES),
            Map.entry("transformedBitIsBoolean", VALUES),
            Map.entry("uuidAsString", VALUES),
            Map.entry("connectionTimeZone", "use the setting 'timeZone'"),
            Map.entry("timezone", "use the setting 'timeZone'"),
            Map.entry("preserveInstants", VALUES),
            Map.entry("sessionVariables", SESSION),
            Map.entry("initSql", SESSION),
            Map.entry("transactionIsolation", SESSION),
            Map.entry("autocommit", SESSION),
            Map.entry("transactionReplay", "a transaction whose outcome is unknown would be run twice; leave it out"),
            Map.entry("pool", "the layer has a pool; leave it out"),
            Map.entry("dumpQueriesOnException", "errors name the statement, without its values; leave it out"),
            Map.entry("unix_socket", "the driver needs JNA for it; use a host and a port"),
            Map.entry("localSocket", "the driver needs JNA for it; use a host and a port"),
            Map.entry("ssl", "use ssl_mode"),
            Map.entry("read_default_file", "write the file's values into the settings"));

    /** Keeps copies. */
    MariadbOptions {
        sqlModes = Set.copyOf(sqlModes);
        initCommands = List.copyOf(initCommands);
        driver = Map.copyOf(driver);
    }

    static MariadbOptions of(DatabaseSettings settings) {
        BackendOptions options = BackendOptions.of(settings, known(), REFUSED);
        Set<String> modes = sqlModes(options);
        return new MariadbOptions(
                modes,
                options.oneOf("isolation_level", ISOLATION).orElse("READ-COMMITTED"),
                options.text("init_command")
                        .map(commands -> statements(modes, commands))
                        .orElse(List.of()),
                driver(options));
    }

    /** {@return {@code sql_mode} as the server takes it} */
    String sqlMode() {
        return String.join(",", new TreeSet<>(sqlModes));
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(OURS);
        known.addAll(TEXTS);
        known.addAll(SWITCHES);
        known.addAll(NUMBERS);
        known.addAll(Set.of("ssl_mode", "sslMode"));
        return known;
    }

    private static Set<String> sqlModes(BackendOptions options) {
        Set<String> modes = new TreeSet<>();
        for (String mode : options.text("sql_mode").orElse(DEFAULT_SQL_MODE).split(",", -1)) {
            String name = mode.strip().toUpperCase(Locale.ROOT);
            if (!name.matches("[A-Z_]*") || FOREIGN_MODES.contains(name)) {
                throw options.wrong(
                        "sql_mode",
                        "use names of modes with commas between them, but for those under which backslashes or types mean"
                                + " something else: " + String.join(", ", new TreeSet<>(FOREIGN_MODES)));
            }
            modes.add(name);
        }
        modes.remove("");
        return modes;
    }

    private static Map<String, String> driver(BackendOptions options) {
        Map<String, String> driver = new HashMap<>();
        for (String name : options.names()) {
            if (TEXTS.contains(name)) {
                driver.put(name, options.text(name).orElseThrow());
            } else if (SWITCHES.contains(name)) {
                driver.put(name, options.oneOf(name, YES_NO).orElseThrow());
            } else if (NUMBERS.contains(name)) {
                driver.put(
                        name,
                        String.valueOf(
                                options.number(name, 0, Integer.MAX_VALUE).orElseThrow()));
            } else if (!OURS.contains(name)) {
                driver.put("sslMode", options.oneOf(name, SSL_MODES).orElseThrow());
            }
        }
        return driver;
    }

    private static List<String> statements(Set<String> modes, String commands) {
        return new MariadbDialect(modes)
                .syntax().statements(commands).stream().map(SqlStatement::text).toList();
    }
}
