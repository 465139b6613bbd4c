package dev.mooring.spring.boot;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Matches if Spring Boot knows of a database that the layer has a backend for: that of a container or service which it manages, or of
 * {@code spring.datasource.url}. Everything else is left to Spring Boot.
 */
final class OnSpringDatasource extends SpringBootCondition implements ConfigurationCondition {

    private static final Logger LOG = LoggerFactory.getLogger(OnSpringDatasource.class);

    /** In Spring Boot 4 and 3. */
    private static final Set<String> CONNECTION_DETAILS = Set.of(
            "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails",
            "org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails");

    private static final Set<String> DATA_SOURCE = Set.of(
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration");

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Database of Mooring's");
        SpringDatasource spring = new SpringDatasource(context.getEnvironment());
        String other = spring.otherKind();
        if (other != null) {
            if (OnDatabases.aliases(context.getEnvironment()).isEmpty()) {
                warnIfOurs(spring.url(), other);
            }
            return ConditionOutcome.noMatch(message.because("'" + other + "' asks for another data source"));
        }
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (beans != null && isExcluded(beans)) {
            return ConditionOutcome.noMatch(message.because("DataSourceAutoConfiguration is excluded"));
        }
        if (beans != null && hasConnectionDetails(beans, context.getClassLoader())) {
            return ConditionOutcome.match(message.foundExactly("JdbcConnectionDetails"));
        }
        String url = spring.url();
        if (url == null) {
            return ConditionOutcome.noMatch(
                    message.because("neither 'mooring.databases.default.url' nor 'spring.datasource.url' is set"));
        }
        return JdbcUrl.isSupported(url)
                ? ConditionOutcome.match(message.foundExactly("spring.datasource.url"))
                : ConditionOutcome.noMatch(message.because("'spring.datasource.url' is of another database"));
    }

    /** The starter was added, and does nothing. */
    private static void warnIfOurs(@Nullable String url, String other) {
        if (url != null && JdbcUrl.isSupported(url)) {
            LOG.warn(
                    "Mooring is not the pool of this application, since '{}' asks for another data source. Remove that"
                            + " property to use Mooring; 'mooring.enabled=true' uses it in spite of 'spring.datasource.type',"
                            + " 'mooring.enabled=false' says that this is what is wanted",
                    other);
        }
    }

    /** {@return whether the application excludes Spring Boot's data source, and so wants none} */
    private static boolean isExcluded(ConfigurableListableBeanFactory beans) {
        return ConditionEvaluationReport.get(beans).getExclusions().stream().anyMatch(DATA_SOURCE::contains);
    }

    private static boolean hasConnectionDetails(ConfigurableListableBeanFactory beans, @Nullable ClassLoader loader) {
        return CONNECTION_DETAILS.stream()
                .filter(name -> ClassUtils.isPresent(name, loader))
                .map(name -> ClassUtils.resolveClassName(name, loader))
                .anyMatch(type -> beans.getBeanNamesForType(type, true, false).length > 0);
    }
}
