package dev.mooring.spring.boot;

import dev.mooring.Databases;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;

/** Migrations at start, those of {@link MigrationSource} beans and of {@code mooring.migrations.apps}. Flyway may work beside it. */
@AutoConfiguration(after = MooringDataSourceAutoConfiguration.class)
@ConditionalOnBean(Databases.class)
@ConditionalOnProperty(name = "mooring.migrations.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MigrationProperties.class)
public final class MooringMigrationAutoConfiguration {

    /** Set by {@code @AutoConfigureTestDatabase(replace = AUTO_CONFIGURED)}, with which there is no data source of ours to replace. */
    private static final String REPLACED_BEFORE = "spring.test.database.replace";

    /** For the application context. */
    public MooringMigrationAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    MigrationsAtStart mooringMigrations(
            Databases databases,
            MigrationProperties properties,
            ObjectProvider<MigrationSource> sources,
            ObjectProvider<DataSource> source,
            ObjectProvider<MooringDataSourceAutoConfiguration> ours,
            Environment environment) {
        boolean isReplaced = source.getIfUnique() instanceof EmbeddedDatabase
                && (ours.getIfAvailable() != null || environment.containsProperty(REPLACED_BEFORE));
        return new MigrationsAtStart(
                databases, properties, sources.orderedStream().toList(), isReplaced);
    }
}
