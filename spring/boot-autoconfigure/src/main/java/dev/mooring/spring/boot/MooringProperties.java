package dev.mooring.spring.boot;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mooring.*}.
 *
 * @param enabled whether Mooring is the data source of the application, where it can be.
 * @param databases the databases by alias; one is called default. Without any, spring.datasource describes the default one.
 */
@ConfigurationProperties("mooring")
public record MooringProperties(
        @DefaultValue("true") boolean enabled, @DefaultValue Map<String, DatabaseProperties> databases) {}
