package dev.mooring.spring.boot;

import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Spring Boot's own {@code spring.jdbc.template.*}, for a template that is not made by it. Read by name, since its class for them has
 * another package in each generation.
 */
final class TemplateProperties {

    private static final String PREFIX = "spring.jdbc.template.";

    private final Binder binder;

    private TemplateProperties(Environment environment) {
        binder = Binder.get(environment);
    }

    /** Sets on {@code template} what is set there. */
    static void apply(Environment environment, JdbcTemplate template) {
        TemplateProperties properties = new TemplateProperties(environment);
        properties.read("ignore-warnings", Boolean.class, template::setIgnoreWarnings);
        properties.read("fetch-size", Integer.class, template::setFetchSize);
        properties.read("max-rows", Integer.class, template::setMaxRows);
        properties.read("query-timeout", String.class, timeout -> template.setQueryTimeout(seconds(timeout)));
        properties.read("skip-results-processing", Boolean.class, template::setSkipResultsProcessing);
        properties.read("skip-undeclared-results", Boolean.class, template::setSkipUndeclaredResults);
        properties.read("results-map-case-insensitive", Boolean.class, template::setResultsMapCaseInsensitive);
    }

    private <T> void read(String name, Class<T> type, Consumer<T> setter) {
        binder.bind(PREFIX + name, type).ifBound(setter);
    }

    private static int seconds(String duration) {
        return (int) DurationStyle.detectAndParse(duration, ChronoUnit.SECONDS).toSeconds();
    }
}
