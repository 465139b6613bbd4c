package dev.mooring.postgres;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.BackendOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** The options that may be given, in libpq's spelling and in pgjdbc's; everything else is refused. */
final class PostgresOptions {

    private static final Map<String, String> YES_NO = Map.of(
            "1", "true", "true", "true", "yes", "true", "on", "true", "0", "false", "false", "false", "no", "false",
            "off", "false");

    private static final Map<String, Option> KNOWN = new HashMap<>();

    /** What the driver on the class path is too old for. */
    private static final Map<String, String> MISSING = new HashMap<>();

    static {
        know(
                PGProperty.SSL_MODE,
                words("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
                "sslmode");
        know(PGProperty.SSL_NEGOTIATION, words("postgres", "direct"), "sslnegotiation", "sslNegotiation");
        know(PGProperty.SSL_ROOT_CERT, text(), "sslrootcert");
        know(PGProperty.SSL_CERT, text(), "sslcert");
        know(PGProperty.SSL_KEY, text(), "sslkey");
        know(PGProperty.SSL_PASSWORD, text(), "sslpassword");
        know(PGProperty.CHANNEL_BINDING, words("disable", "prefer", "require"), "channel_binding", "channelBinding");
        knowIfThere("requireAuth", authentication(), "require_auth", "requireAuth");
        know(PGProperty.GSS_ENC_MODE, words("disable", "allow", "prefer", "require"), "gssencmode", "gssEncMode");
        know(PGProperty.KERBEROS_SERVER_NAME, text(), "krbsrvname", "kerberosServerName");
        know(PGProperty.APPLICATION_NAME, text(), "application_name", "ApplicationName");
        know(PGProperty.CURRENT_SCHEMA, text(), "search_path", "currentSchema");
        know(PGProperty.OPTIONS, text(), "options");
        know(PGProperty.TARGET_SERVER_TYPE, oneOf(serverTypes()), "target_session_attrs", "targetServerType");
        know(PGProperty.LOAD_BALANCE_HOSTS, oneOf(loadBalancing()), "load_balance_hosts", "loadBalanceHosts");
        know(PGProperty.TCP_KEEP_ALIVE, oneOf(YES_NO), "keepalives", "tcp_keepalives", "tcpKeepAlive");
        know(PGProperty.PREPARE_THRESHOLD, prepareThreshold(), "prepare_threshold", "prepareThreshold");
        know(PGProperty.PREPARED_STATEMENT_CACHE_QUERIES, number(), "preparedStatementCacheQueries");
        know(PGProperty.PREPARED_STATEMENT_CACHE_SIZE_MIB, number(), "preparedStatementCacheSizeMiB");
        know(PGProperty.DEFAULT_ROW_FETCH_SIZE, number(), "defaultRowFetchSize");
        know(PGProperty.HOST_RECHECK_SECONDS, number(), "hostRecheckSeconds");
        know(PGProperty.STRING_TYPE, words("varchar", "unspecified"), "stringtype");
        know(PGProperty.BINARY_TRANSFER, oneOf(YES_NO), "binaryTransfer");
        know(PGProperty.AUTOSAVE, words("never", "conservative", "always"), "autosave");
        know(PGProperty.REWRITE_BATCHED_INSERTS, oneOf(YES_NO), "reWriteBatchedInserts");
        know(PGProperty.LOG_SERVER_ERROR_DETAIL, oneOf(YES_NO), "logServerErrorDetail");
    }

    private static final String LOADS_CODE = "it makes the driver load a class; do that in a backend of your own";
    private static final String OURS =
            "use the setting of that purpose: connectTimeout, statementTimeout, probeTimeout";

    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("socketFactory", LOADS_CODE),
            Map.entry("socketFactoryArg", LOADS_CODE),
            Map.entry("sslfactory", LOADS_CODE),
            Map.entry("sslfactoryarg", LOADS_CODE),
            Map.entry("sslhostnameverifier", LOADS_CODE),
            Map.entry("sslpasswordcallback", LOADS_CODE),
            Map.entry("authenticationPluginClassName", LOADS_CODE),
            Map.entry("connectExecutor", LOADS_CODE),
            Map.entry("connectExecutorArg", LOADS_CODE),
            Map.entry("xmlFactoryFactory", LOADS_CODE),
            Map.entry("classLoaderStrategy", LOADS_CODE),
            Map.entry("loggerFile", "it writes a file; configure the log instead"),
            Map.entry("loggerLevel", "configure the log instead"),
            Map.entry("preferQueryMode", "parameters inside the SQL text were CVE-2024-1597; leave it out"),
            Map.entry("allowEncodingChanges", "the layer needs UTF-8; leave it out"),
            Map.entry("client_encoding", "it is always UTF8, as in Django; leave it out"),
            Map.entry("readOnly", "declare atomic blocks read-only instead"),
            Map.entry("readOnlyMode", "declare atomic blocks read-only instead"),
            Map.entry("replication", "this is no client for replication"),
            Map.entry("service", "write the service's values into the settings"),
            Map.entry("ssl", "use sslmode"),
            Map.entry("user", "use the setting 'user'"),
            Map.entry("password", "use the setting 'password'"),
            Map.entry("connectTimeout", OURS),
            Map.entry("connect_timeout", OURS),
            Map.entry("loginTimeout", OURS),
            Map.entry("socketTimeout", OURS),
            Map.entry("queryTimeout", OURS),
            Map.entry("cancelSignalTimeout", OURS));

    private PostgresOptions() {}

    /** Puts the options of {@code settings} into the driver's properties. */
    static void apply(DatabaseSettings settings, Properties properties) {
        BackendOptions options = read(settings);
        for (String name : options.names()) {
            Option option = KNOWN.get(name);
            if (option != null) {
                option.property.set(properties, option.reader.read(options, name));
            }
        }
    }

    /** {@return the options, all of which are known} */
    static BackendOptions read(DatabaseSettings settings) {
        Set<String> known = new HashSet<>(KNOWN.keySet());
        known.addAll(PostgresSession.OPTIONS);
        Map<String, String> refused = new HashMap<>(REFUSED);
        refused.putAll(MISSING);
        return BackendOptions.of(settings, known, refused);
    }

    private static void know(PGProperty property, Reader reader, String... names) {
        for (String name : names) {
            KNOWN.put(name, new Option(property, reader));
        }
    }

    /** For what older drivers lack, which {@link PGProperty} then has no constant for. */
    private static void knowIfThere(String property, Reader reader, String... names) {
        @Nullable PGProperty found = PGProperty.forName(property);
        if (found != null) {
            know(found, reader, names);
            return;
        }
        for (String name : names) {
            MISSING.put(name, "the driver on the class path is too old for it; update org.postgresql:postgresql");
        }
    }

    private static Reader text() {
        return (options, name) -> options.text(name).orElseThrow();
    }

    private static Reader number() {
        return (options, name) ->
                options.number(name, 0, Integer.MAX_VALUE).orElseThrow().toString();
    }

    private static Reader words(String... allowed) {
        Map<String, String> values = new HashMap<>();
        for (String word : allowed) {
            values.put(word, word);
        }
        return oneOf(values);
    }

    private static Reader oneOf(Map<String, String> values) {
        return (options, name) -> options.oneOf(name, values).orElseThrow();
    }

    /** Django's {@code None}, which is its default for the sake of transaction poolers, is zero here. */
    private static Reader prepareThreshold() {
        return (options, name) ->
                options.text(name).orElseThrow().equalsIgnoreCase("none") ? "0" : number().read(options, name);
    }

    private static Reader authentication() {
        Set<String> methods = Set.of("password", "md5", "gss", "sspi", "scram-sha-256", "none");
        return (options, name) -> {
            String value = options.text(name).orElseThrow();
            for (String method : value.split(",", -1)) {
                if (!methods.contains(method.startsWith("!") ? method.substring(1) : method)) {
                    throw options.wrong(
                            name, "use a list of " + String.join(", ", methods) + ", each perhaps with a '!'");
                }
            }
            return value;
        };
    }

    /** libpq's words on the left; those that ask for the server's mood are taken as asking for its role. */
    private static Map<String, String> serverTypes() {
        return Map.ofEntries(
                Map.entry("any", "any"),
                Map.entry("read-write", "primary"),
                Map.entry("read-only", "secondary"),
                Map.entry("primary", "primary"),
                Map.entry("standby", "secondary"),
                Map.entry("prefer-standby", "preferSecondary"),
                Map.entry("secondary", "secondary"),
                Map.entry("prefersecondary", "preferSecondary"),
                Map.entry("preferprimary", "preferPrimary"));
    }

    private static Map<String, String> loadBalancing() {
        return Map.of("random", "true", "true", "true", "disable", "false", "false", "false");
    }

    /** Reads and translates one value. */
    @FunctionalInterface
    private interface Reader {
        String read(BackendOptions options, String name);
    }

    private record Option(PGProperty property, Reader reader) {}
}
