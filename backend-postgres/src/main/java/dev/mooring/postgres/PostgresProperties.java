package dev.mooring.postgres;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;

/** Turns settings into pgjdbc's properties: every clock set, nothing concatenated into a URL. */
final class PostgresProperties {

    /** NAMEDATALEN - 1: the server cuts longer names off without an error. */
    private static final int LONGEST_NAME = 63;
    /** pgjdbc counts milliseconds in an int. */
    private static final int MOST_SECONDS = Integer.MAX_VALUE / 1000;

    /** An IPv6 address without brackets is a host alone. */
    private static final Pattern HOST_WITH_PORT = Pattern.compile("([^:]*|\\[.*]):([0-9]{1,5})");

    private final DatabaseSettings settings;
    private final Properties properties = new Properties();

    private PostgresProperties(DatabaseSettings settings) {
        this.settings = settings;
    }

    static Properties of(DatabaseSettings settings) {
        PostgresProperties made = new PostgresProperties(settings);
        made.setDefaults();
        PostgresOptions.apply(settings, made.properties);
        made.setServer();
        made.setClocks();
        if (settings.readOnly()) {
            made.setSession("default_transaction_read_only=on");
        }
        return made.properties;
    }

    /** Adds a password that is asked for at each opening; one that is fixed is there already. */
    static void addSuppliedPassword(DatabaseSettings settings, Properties login) {
        if (!settings.password().isFixed()) {
            new PostgresProperties(settings).setPassword(login);
        }
    }

    /** {@return the duration in seconds, rounded up} */
    static int wholeSeconds(Duration duration) {
        return (int) Math.min(duration.plusNanos(999_999_999).toSeconds(), MOST_SECONDS);
    }

    private void setDefaults() {
        PGProperty.APPLICATION_NAME.set(properties, "mooring");
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        // The details of an error are the row that was refused.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, settings.valuesInErrors());
        // Sends application_name at the start instead of with a statement of its own, which DISCARD ALL would undo.
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.4");
    }

    private void setServer() {
        String name = settings.name();
        check(!name.isEmpty(), "name", "is empty", "name the database");
        check(
                name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME,
                "name",
                "is longer than " + LONGEST_NAME + " bytes",
                "PostgreSQL would cut it off: use a shorter one");
        withoutNul("name", name);
        withoutNul("user", settings.user());
        if (!settings.user().isEmpty()) {
            PGProperty.USER.set(properties, settings.user());
        }
        if (settings.password().isFixed()) {
            setPassword(properties);
        }
        setHosts(settings.host().isEmpty() ? "localhost" : settings.host());
    }

    private void setPassword(Properties login) {
        String password = settings.password().reveal();
        withoutNul("password", password);
        if (!password.isEmpty()) {
            PGProperty.PASSWORD.set(login, password);
        }
    }

    private void setHosts(String hosts) {
        check(
                hosts.chars().noneMatch(c -> c == '/' || c <= ' '),
                "host",
                "holds a slash, a blank or a control character",
                "use a host's name or address; pgjdbc knows no Unix sockets");
        String port = String.valueOf(settings.port().orElse(5432));
        List<String> names = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String each : hosts.split(",", -1)) {
            Matcher own = HOST_WITH_PORT.matcher(each);
            names.add(own.matches() ? own.group(1) : each);
            ports.add(own.matches() ? own.group(2) : port);
        }
        PGProperty.PG_HOST.set(properties, String.join(",", names));
        PGProperty.PG_PORT.set(properties, String.join(",", ports));
    }

    private void setClocks() {
        int connect = wholeSeconds(settings.connectTimeout());
        PGProperty.LOGIN_TIMEOUT.set(properties, connect);
        PGProperty.CONNECT_TIMEOUT.set(properties, connect);
        // Of the login alone: loginTimeout gives up on a thread that would else read on. The connector sets the others.
        PGProperty.SOCKET_TIMEOUT.set(properties, connect);
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, 2);
        Duration statement = settings.statementTimeout();
        if (!statement.isZero()) {
            setSession("statement_timeout=" + Math.min(Math.max(1, statement.toMillis()), Integer.MAX_VALUE));
        }
    }

    /** Sets a default of the session, which no reset takes away. The user's own come behind, so that they win. */
    private void setSession(String parameter) {
        String own = "-c " + parameter;
        String options = PGProperty.OPTIONS.getOrDefault(properties);
        PGProperty.OPTIONS.set(properties, options == null ? own : own + " " + options);
    }

    /** A NUL ends a string of the protocol: what follows would be read as the next start-up parameter. */
    private void withoutNul(String setting, String value) {
        check(value.indexOf('\0') < 0, setting, "holds a NUL character", "remove it");
    }

    private void check(boolean holds, String setting, String seen, String wayOut) {
        if (!holds) {
            throw new ImproperlyConfiguredException(
                    "Setting '%s' of database '%s' %s; %s".formatted(setting, settings.alias(), seen, wayOut));
        }
    }
}
