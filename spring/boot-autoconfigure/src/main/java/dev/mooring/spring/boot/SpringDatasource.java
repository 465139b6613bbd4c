package dev.mooring.spring.boot;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Spring Boot's own {@code spring.datasource.*}, as far as it says something about a database of ours. */
final class SpringDatasource {

    private static final Logger LOG = LoggerFactory.getLogger(SpringDatasource.class);
    private static final String PREFIX = "spring.datasource.";

    private final Environment environment;

    SpringDatasource(Environment environment) {
        this.environment = environment;
    }

    /** {@return the URL; null if there is none} */
    @Nullable
    String url() {
        return environment.getProperty(PREFIX + "url");
    }

    /** {@return the setting that asks for another kind of data source than a pool of the library's choice; null if none does} */
    @Nullable
    String otherKind() {
        for (String name : new String[] {"type", "jndi-name", "xa.data-source-class-name"}) {
            if (environment.containsProperty(PREFIX + name)) {
                return PREFIX + name;
            }
        }
        return null;
    }

    /** {@return the default database} What {@code details} says counts more than the properties. */
    DatabaseSettings settings(@Nullable MooringConnectionDetails details) {
        String url = details == null ? url() : details.url();
        DatabaseSettingsBuilder settings =
                JdbcUrl.settings(DatabaseSettings.DEFAULT_ALIAS, java.util.Objects.requireNonNull(url, "url"));
        String user = details == null ? environment.getProperty(PREFIX + "username") : details.username();
        String password = details == null ? environment.getProperty(PREFIX + "password") : details.password();
        boolean takesLogin = !url.startsWith("jdbc:sqlite:");
        if (user != null && takesLogin) {
            settings.user(user);
        }
        if (password != null && takesLogin) {
            settings.password(password);
        }
        Binder.get(environment)
                .bind(PREFIX + "hikari", Bindable.mapOf(String.class, String.class))
                .ifBound(pool -> pool.forEach((name, value) -> apply(settings, name, value)));
        return settings.build();
    }

    /** HikariCP's settings that have a counterpart here; its durations are milliseconds. */
    private static void apply(DatabaseSettingsBuilder settings, String name, String value) {
        switch (name.replace("-", "").toLowerCase(Locale.ROOT)) {
            case "maximumpoolsize" -> settings.maxConnections(Math.toIntExact(number(name, value)));
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
            case "readonly" -> settings.readOnly(Boolean.parseBoolean(value));
            case "leakdetectionthreshold" ->
                settings.traceLeases(!millis(name, value).isZero());
            default ->
                LOG.info(
                        "'{}hikari.{}' has no effect on Mooring, which is the pool of this application;"
                                + " its settings are mooring.databases.default.*",
                        PREFIX,
                        name);
        }
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
