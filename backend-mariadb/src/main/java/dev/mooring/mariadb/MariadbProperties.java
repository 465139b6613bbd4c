package dev.mooring.mariadb;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns settings into what the driver is given: its properties, and a URL that holds hosts and ports alone. */
final class MariadbProperties {

    private static final int LONGEST_NAME = 64;
    private static final int PORT = 3306;

    /** An IPv6 address without brackets is a host alone. */
    private static final Pattern HOST_WITH_PORT = Pattern.compile("([^:]*|\\[.*]):([0-9]{1,5})");

    /** What a host's name or address is made of: nothing that means something else in the driver's URL. */
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:%-]+");

    private final DatabaseSettings settings;

    private MariadbProperties(DatabaseSettings settings) {
        this.settings = settings;
    }

    static Properties of(DatabaseSettings settings, MariadbOptions options) {
        return new MariadbProperties(settings).properties(options);
    }

    /** Adds a password that is asked for at each opening; one that is fixed is there already. */
    static void addSuppliedPassword(DatabaseSettings settings, Properties login) {
        if (!settings.password().isFixed()) {
            new MariadbProperties(settings).setPassword(login);
        }
    }

    /** {@return a URL of the hosts, which the driver tries in turn} */
    static String url(DatabaseSettings settings) {
        return new MariadbProperties(settings).url();
    }

    private Properties properties(MariadbOptions options) {
        check(!settings.name().isEmpty(), "name", "is empty", "name the database");
        check(
                settings.name().length() <= LONGEST_NAME,
                "name",
                "is longer than " + LONGEST_NAME + " characters",
                "use a shorter one");
        withoutNul("name", settings.name());
        withoutNul("user", settings.user());
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        if (settings.password().isFixed()) {
            setPassword(properties);
        }
        properties.setProperty("allowLocalInfile", "false");
        properties.setProperty("permitRedirect", "false");
        properties.setProperty("jdbcCompliantTruncation", "false");
        properties.setProperty("useResetConnection", "true");
        properties.setProperty("cacheCodecs", "true");
        // What the driver gives as a moment counts in the zone of the connection, and a local time in none.
        properties.setProperty("preserveInstants", "true");
        properties.setProperty("pureLocalDateTime", "true");
        properties.setProperty("yearIsDateType", "false");
        properties.setProperty(
                "connectionTimeZone", settings.timeZone().map(Object::toString).orElse("UTC"));
        options.driver().forEach(properties::setProperty);
        return properties;
    }

    private void setPassword(Properties login) {
        String password = settings.password().reveal();
        withoutNul("password", password);
        login.setProperty("password", password);
    }

    private String url() {
        String hosts = settings.host().isEmpty() ? "localhost" : settings.host();
        List<String> addresses = new ArrayList<>();
        for (String each : hosts.split(",", -1)) {
            Matcher own = HOST_WITH_PORT.matcher(each);
            String host = (own.matches() ? own.group(1) : each).replaceAll("^\\[|]$", "");
            check(
                    HOST.matcher(host).matches(),
                    "host",
                    "holds what no name or address of a host does",
                    "use a host's name or address; the driver needs JNA for Unix sockets");
            String port = own.matches()
                    ? own.group(2)
                    : String.valueOf(settings.port().orElse(PORT));
            addresses.add("address=(host=" + host + ")(port=" + port + ")(type=primary)");
        }
        return "jdbc:mariadb://" + String.join(",", addresses) + "/";
    }

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
