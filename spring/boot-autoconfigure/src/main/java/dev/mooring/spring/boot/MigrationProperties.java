package dev.mooring.spring.boot;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mooring.migrations.*}: what is done to the tables when the application starts, before beans that need them.
 *
 * @param enabled whether migrations are applied at start.
 * @param apps by the name of the app, the folder of its SQL files: on the class path, or file: and a directory.
 * @param databases the aliases of the databases that are migrated.
 */
@ConfigurationProperties("mooring.migrations")
public record MigrationProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Map<String, String> apps,
        @DefaultValue("default") List<String> databases) {}
