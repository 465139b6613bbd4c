package dev.mooring.spring.boot;

import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if {@code mooring.databases} names databases, whatever other data sources there are; and if Spring Boot's own settings
 * describe one that the layer has a backend for, and the application has no data source of its own.
 */
final class OnDatabases extends AnyNestedCondition {

    OnDatabases() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    /** {@return the aliases of {@code mooring.databases}} */
    static Set<String> aliases(Environment environment) {
        return Binder.get(environment)
                .bind("mooring.databases", Bindable.mapOf(String.class, Object.class))
                .orElseGet(Map::of)
                .keySet();
    }

    @Conditional(OnMooringDatabases.class)
    static final class Mooring {}

    @Conditional(OnSpringDatasource.class)
    @ConditionalOnMissingBean({DataSource.class, XADataSource.class})
    static final class Spring {}

    static final class OnMooringDatabases extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ConditionMessage.Builder message = ConditionMessage.forCondition("Database of Mooring's");
            return aliases(context.getEnvironment()).isEmpty()
                    ? ConditionOutcome.noMatch(message.because("'mooring.databases.default.url' is not set"))
                    : ConditionOutcome.match(message.foundExactly("mooring.databases"));
        }
    }
}
