package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a database's own client is called for the same database, as the same user, as the application has it. Immutable. The
 * environment holds the password, so it is not in {@link #toString()}.
 *
 * @param programs the names of the client, the best one first
 * @param debianPackage the package that has it
 * @param arguments what it is given on the command line; no secret, which other users of the machine could read
 * @param environment what it finds in its environment besides that of this process
 */
record DatabaseClient(
        List<String> programs, String debianPackage, List<String> arguments, Map<String, String> environment) {

    /** Variables of libpq by which it connects to another server than its other variables say. */
    static final Set<String> REDIRECTING = Set.of("PGSERVICE", "PGHOSTADDR");

    /** libpq's variable for each option that has libpq's own name. */
    private static final Map<String, String> LIBPQ = Map.ofEntries(
            Map.entry("sslmode", "PGSSLMODE"),
            Map.entry("sslnegotiation", "PGSSLNEGOTIATION"),
            Map.entry("sslrootcert", "PGSSLROOTCERT"),
            Map.entry("sslcert", "PGSSLCERT"),
            Map.entry("sslkey", "PGSSLKEY"),
            Map.entry("channel_binding", "PGCHANNELBINDING"),
            Map.entry("require_auth", "PGREQUIREAUTH"),
            Map.entry("gssencmode", "PGGSSENCMODE"),
            Map.entry("krbsrvname", "PGKRBSRVNAME"),
            Map.entry("target_session_attrs", "PGTARGETSESSIONATTRS"),
            Map.entry("load_balance_hosts", "PGLOADBALANCEHOSTS"));

    /** Keeps copies. */
    DatabaseClient {
        programs = List.copyOf(programs);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * {@return the client for the database that {@code settings} describe}
     *
     * @throws ImproperlyConfiguredException if there is none for it
     */
    static DatabaseClient of(DatabaseSettings settings) {
        return switch (Engine.of(settings)) {
            case POSTGRESQL -> psql(settings);
            case MARIADB -> mariadb(settings);
            case SQLITE -> sqlite3(settings);
            case OTHER ->
                throw new ImproperlyConfiguredException("dbshell: no client is known for the engine '"
                        + settings.engine() + "' of database '" + settings.alias() + "'; run its own client by hand");
        };
    }

    private static DatabaseClient psql(DatabaseSettings settings) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PGDATABASE", settings.name());
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        String port = String.valueOf(settings.port().orElse(5432));
        for (String each : hostOr("localhost", settings).split(",", -1)) {
            boolean hasPort = each.matches("([^:]*|\\[.*]):[0-9]+");
            int colon = each.lastIndexOf(':');
            hosts.add((hasPort ? each.substring(0, colon) : each).replaceAll("[\\[\\]]", ""));
            ports.add(hasPort ? each.substring(colon + 1) : port);
        }
        environment.put("PGHOST", String.join(",", hosts));
        environment.put("PGPORT", String.join(",", ports));
        putUnlessEmpty(environment, "PGUSER", settings.user());
        putUnlessEmpty(environment, "PGPASSWORD", settings.password().reveal());
        settings.options().forEach((name, value) -> {
            String variable = LIBPQ.get(name);
            if (variable != null) {
                environment.put(variable, value);
            }
        });
        putUnlessEmpty(environment, "PGOPTIONS", psqlOptions(settings));
        return new DatabaseClient(List.of("psql"), "postgresql-client", List.of(), environment);
    }

    /** What the application's sessions have from their start on, and a statement in psql should meet too. */
    private static String psqlOptions(DatabaseSettings settings) {
        Map<String, String> options = settings.options();
        List<String> given = new ArrayList<>();
        if (settings.readOnly()) {
            given.add("-c default_transaction_read_only=on");
        }
        String path = options.getOrDefault("search_path", options.getOrDefault("currentSchema", ""));
        if (!path.isEmpty()) {
            given.add("-c search_path=" + path.replaceAll("([\\\\\\s])", "\\\\$1"));
        }
        if (options.containsKey("options")) {
            given.add(options.get("options"));
        }
        return String.join(" ", given);
    }

    private static DatabaseClient mariadb(DatabaseSettings settings) {
        List<String> arguments = new ArrayList<>();
        // A password in an option file would be taken before the one in the environment.
        arguments.add("--no-defaults");
        // The driver knows no sockets; for the client, "localhost" would be one.
        arguments.add("--protocol=tcp");
        arguments.add("--host=" + hostOr("localhost", settings).replaceAll("[\\[\\]]", ""));
        arguments.add("--port=" + settings.port().orElse(3306));
        arguments.add("--default-character-set=utf8mb4");
        if (!settings.user().isEmpty()) {
            arguments.add("--user=" + settings.user());
        }
        arguments.addAll(tls(settings.options()));
        arguments.add("--database=" + settings.name());
        Map<String, String> environment = new TreeMap<>();
        putUnlessEmpty(environment, "MYSQL_PWD", settings.password().reveal());
        return new DatabaseClient(List.of("mariadb", "mysql"), "mariadb-client", arguments, environment);
    }

    /** Clients since 11.4 want TLS where the driver does without. */
    private static List<String> tls(Map<String, String> options) {
        String mode = options.getOrDefault("ssl_mode", options.getOrDefault("sslMode", "disable"));
        String certificate = options.get("serverSslCert");
        List<String> arguments = new ArrayList<>();
        switch (mode.toLowerCase(Locale.ROOT)) {
            case "disable", "disabled" -> arguments.add("--skip-ssl");
            case "trust", "required" -> arguments.addAll(List.of("--ssl", "--skip-ssl-verify-server-cert"));
            default -> arguments.addAll(List.of("--ssl", "--ssl-verify-server-cert"));
        }
        if (certificate != null && !certificate.startsWith("-----")) {
            arguments.add("--ssl-ca=" + certificate);
        }
        return arguments;
    }

    private static DatabaseClient sqlite3(DatabaseSettings settings) {
        if (settings.name().equals(":memory:")) {
            throw new ImproperlyConfiguredException("dbshell: database '" + settings.alias()
                    + "' is in memory, where no other program can see it; name a file");
        }
        List<String> arguments = new ArrayList<>();
        if (settings.readOnly()) {
            arguments.add("-readonly");
        }
        // Not relative: the name may begin with a hyphen.
        arguments.add(Path.of(settings.name()).toAbsolutePath().toString());
        return new DatabaseClient(List.of("sqlite3"), "sqlite3", arguments, Map.of());
    }

    private static String hostOr(String otherwise, DatabaseSettings settings) {
        return settings.host().isEmpty() ? otherwise : settings.host();
    }

    private static void putUnlessEmpty(Map<String, String> environment, String name, String value) {
        if (!value.isEmpty()) {
            environment.put(name, value);
        }
    }

    @Override
    public String toString() {
        return String.join("/", programs) + " " + arguments + " with " + environment.keySet();
    }
}
