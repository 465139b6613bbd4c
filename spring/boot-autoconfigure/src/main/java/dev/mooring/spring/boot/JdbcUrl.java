package dev.mooring.spring.boot;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ImproperlyConfiguredException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a JDBC URL of PostgreSQL or SQLite as settings, so that an application which has one need not change it. */
final class JdbcUrl {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcUrl.class);
    private static final String POSTGRES = "jdbc:postgresql:";
    private static final String SQLITE = "jdbc:sqlite:";

    /** Parameters that may be left out, since the layer has settings of its own for what they do. */
    private static final Set<String> SUPERSEDED = Set.of(
            "sockettimeout",
            "logintimeout",
            "querytimeout",
            "cancelsignaltimeout",
            "loggerlevel",
            "loggerfile",
            "allowencodingchanges");

    private JdbcUrl() {}

    /** {@return whether the layer has a backend for what {@code url} names} */
    static boolean isSupported(String url) {
        return url.startsWith(POSTGRES) || url.startsWith(SQLITE);
    }

    /**
     * {@return the settings that {@code url} describes, a JDBC URL or one of ours}
     *
     * @throws dev.mooring.error.ImproperlyConfiguredException if it is malformed
     */
    static DatabaseSettingsBuilder settings(String alias, String url) {
        if (url.startsWith(POSTGRES)) {
            return postgres(alias, url.substring(POSTGRES.length()));
        }
        return url.startsWith(SQLITE)
                ? sqlite(alias, url.substring(SQLITE.length()))
                : DatabaseSettings.fromUrl(alias, url).toBuilder();
    }

    private static DatabaseSettingsBuilder postgres(String alias, String rest) {
        int query = rest.indexOf('?');
        String place = query < 0 ? rest : rest.substring(0, query);
        List<String> parameters = new ArrayList<>();
        String user = "";
        String password = "";
        for (Map.Entry<String, String> each : parameters(alias, query < 0 ? "" : rest.substring(query + 1))) {
            switch (each.getKey()) {
                case "user" -> user = each.getValue();
                case "password" -> password = each.getValue();
                // What the driver takes it for.
                case "ssl" -> parameters.add("sslmode=" + (isTrue(each.getValue()) ? "verify-full" : "prefer"));
                default -> keepUnlessSuperseded(alias, each, parameters);
            }
        }
        String server = place.startsWith("//") ? place : "///" + place;
        String settings = "postgresql:" + server + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
        DatabaseSettingsBuilder builder = DatabaseSettings.fromUrl(alias, settings).toBuilder();
        return user.isEmpty() && password.isEmpty()
                ? builder
                : builder.user(user).password(password);
    }

    private static void keepUnlessSuperseded(String alias, Map.Entry<String, String> each, List<String> kept) {
        if (SUPERSEDED.contains(each.getKey().toLowerCase(Locale.ROOT))) {
            ignored(alias, each.getKey());
        } else {
            kept.add(encoded(each.getKey()) + "=" + encoded(each.getValue()));
        }
    }

    private static DatabaseSettingsBuilder sqlite(String alias, String rest) {
        int query = rest.startsWith("file:") ? -1 : rest.indexOf('?');
        String name = query < 0 ? rest : rest.substring(0, query);
        DatabaseSettingsBuilder settings =
                DatabaseSettings.builder(alias).engine("sqlite3").name(name.isEmpty() ? ":memory:" : name);
        for (Map.Entry<String, String> each : parameters(alias, query < 0 ? "" : rest.substring(query + 1))) {
            switch (each.getKey().toLowerCase(Locale.ROOT)) {
                case "journal_mode", "synchronous", "transaction_mode" ->
                    settings.option(each.getKey().toLowerCase(Locale.ROOT), each.getValue());
                case "busy_timeout" -> settings.option("timeout", seconds(alias, each.getValue()));
                default -> ignored(alias, each.getKey());
            }
        }
        return settings;
    }

    private static void ignored(String alias, String parameter) {
        LOG.info(
                "The parameter '{}' in the JDBC URL of database '{}' has no effect: see the settings of"
                        + " mooring.databases for what it is to do",
                parameter,
                alias);
    }

    private static String seconds(String alias, String millis) {
        try {
            return String.valueOf(Long.parseLong(millis) / 1000.0);
        } catch (NumberFormatException e) {
            throw new ImproperlyConfiguredException(
                    "The parameter 'busy_timeout' in the JDBC URL of database '%s' was '%s'; use milliseconds"
                            .formatted(alias, millis),
                    e);
        }
    }

    private static boolean isTrue(String value) {
        return value.isEmpty() || value.equalsIgnoreCase("true");
    }

    private static List<Map.Entry<String, String>> parameters(String alias, String query) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                entries.add(Map.entry(
                        decoded(alias, equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(alias, pair.substring(equals + 1))));
            }
        }
        return entries;
    }

    /** The text is not shown: it may be a password. */
    private static String decoded(String alias, String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ImproperlyConfiguredException("The JDBC URL of database '" + alias
                    + "' has a '%' without two hexadecimal digits behind it; write '%25' for the character itself");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
