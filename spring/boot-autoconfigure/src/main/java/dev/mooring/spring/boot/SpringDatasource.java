package dev.mooring.spring.boot;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Spring Boot's own {@code spring.datasource.*}, as far as it says something about a database of ours. */
final class SpringDatasource {

    private static final Logger LOG = LoggerFactory.getLogger(SpringDatasource.class);
    private static final String PREFIX = "spring.datasource.";
    private static final String DRIVERS_OWN = "datasourceproperties.";

    /** HikariCP's settings without which the same statements mean something else. */
    private static final Set<String> CHANGE_STATEMENTS =
            Set.of("catalog", "connectioninitsql", "datasourceproperties", "schema", "transactionisolation");

    private final Environment environment;

    SpringDatasource(Environment environment) {
        this.environment = environment;
    }

    /** {@return the URL; null if there is none} */
    @Nullable
    String url() {
        return environment.getProperty(PREFIX + "url");
    }

    /**
     * {@return the setting that asks for another kind of data source than a pool of the library's choice; null if none does} The class
     * of another pool, which generated applications name, does not count where {@code mooring.enabled} is set to true.
     */
    @Nullable
    String otherKind() {
        boolean isWanted = environment.getProperty("mooring.enabled", Boolean.class, false);
        return Stream.of("type", "jndi-name", "xa.data-source-class-name")
                .filter(name -> !(isWanted && name.equals("type")))
                .map(PREFIX::concat)
                .filter(name -> StringUtils.hasText(environment.getProperty(name)))
                .findFirst()
                .orElse(null);
    }

    /** {@return whether connections of the data source begin with autocommit on} */
    boolean isAutoCommit() {
        return Binder.get(environment)
                .bind(PREFIX + "hikari.auto-commit", Boolean.class)
                .orElse(true);
    }

    /** {@return the default database} What {@code details} says counts more than the properties. */
    DatabaseSettings settings(@Nullable MooringConnectionDetails details) {
        String url = details == null ? url() : details.url();
        DatabaseSettingsBuilder settings =
                JdbcUrl.settings(DatabaseSettings.DEFAULT_ALIAS, java.util.Objects.requireNonNull(url, "url"));
        String user = details == null ? environment.getProperty(PREFIX + "username") : details.username();
        String password = details == null ? environment.getProperty(PREFIX + "password") : details.password();
        boolean isServer = !url.startsWith("jdbc:sqlite:");
        if (user != null && isServer) {
            settings.user(user);
        }
        if (password != null && isServer) {
            settings.password(password);
        }
        Binder.get(environment)
                .bind(PREFIX + "hikari", Bindable.mapOf(String.class, String.class))
                .ifBound(pool -> pool.forEach((name, value) -> {
                    if (!isServer || !isOption(settings, name, value)) {
                        apply(settings, name, value);
                    }
                }));
        return settings.build();
    }

    /** {@return whether that is for the server's driver, which then gets it} */
    private static boolean isOption(DatabaseSettingsBuilder settings, String name, String value) {
        String key = key(name);
        if (key.startsWith(DRIVERS_OWN)) {
            settings.option(name.substring(name.indexOf('.') + 1), value);
        } else if (key.equals("schema")) {
            settings.option("currentSchema", value);
        } else if (key.equals("transactionisolation")) {
            settings.option("isolation_level", isolation(value));
        } else {
            return false;
        }
        return true;
    }

    /** {@return what SQL calls a level that HikariCP calls by JDBC's constant, such as {@code TRANSACTION_REPEATABLE_READ}} */
    private static String isolation(String constant) {
        return constant.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^transaction_", "")
                .replace('_', ' ');
    }

    /** {@return the name in one form} {@code MAXIMUM_POOL_SIZE} of the environment arrives as {@code maximum.pool.size}. */
    private static String key(String name) {
        String key = name.replace("-", "").toLowerCase(Locale.ROOT);
        return key.startsWith(DRIVERS_OWN) ? key : key.replace(".", "");
    }

    /** HikariCP's settings that have a counterpart here; its durations are milliseconds. */
    private static void apply(DatabaseSettingsBuilder settings, String name, String value) {
        String key = key(name);
        switch (key) {
            case "maximumpoolsize" -> settings.maxConnections((int) Math.min(Integer.MAX_VALUE, number(name, value)));
            case "connectiontimeout" -> settings.acquireTimeout(millis(name, value));
            case "validationtimeout" -> settings.probeTimeout(millis(name, value));
            case "maxlifetime" -> {
                if (millis(name, value).isZero()) {
                    settings.connMaxAgeUnlimited();
                } else {
                    settings.connMaxAge(millis(name, value));
                }
            }
            case "idletimeout" -> {
                if (millis(name, value).isZero()) {
                    settings.idleTimeoutUnlimited();
                } else {
                    settings.idleTimeout(millis(name, value));
                }
            }
            case "readonly" -> settings.readOnly(yes(name, value));
            case "autocommit" -> {} // Of the data source alone: see isAutoCommit().
            case "leakdetectionthreshold" ->
                settings.leakWarningAfter(millis(name, value))
                        .traceLeases(!millis(name, value).isZero());
            default ->
                LOG.atLevel(CHANGE_STATEMENTS.stream().anyMatch(key::startsWith) ? Level.WARN : Level.INFO)
                        .log(
                                "'{}hikari.{}' has no effect on Mooring, which is the pool of this application;"
                                        + " its settings are mooring.databases.default.*",
                                PREFIX,
                                name);
        }
    }

    private static boolean yes(String name, String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ImproperlyConfiguredException(
                        "Setting '%shikari.%s' was '%s'; use true or false".formatted(PREFIX, name, value));
        };
    }

    private static Duration millis(String name, String value) {
        return Duration.ofMillis(number(name, value));
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw new ImproperlyConfiguredException(
                    "Setting '%shikari.%s' was '%s', which is no whole number: its durations are milliseconds without a unit"
                            .formatted(PREFIX, name, value),
                    e);
        }
    }
}
