package dev.mooring.spring.boot;

import dev.mooring.Database;
import dev.mooring.Databases;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoint {@code mooring}, and the pool for Spring Boot's metrics. */
@AutoConfiguration(after = MooringAutoConfiguration.class)
@ConditionalOnBean(Databases.class)
public final class MooringActuatorAutoConfiguration {

    /** For the application context. */
    public MooringActuatorAutoConfiguration() {}

    /** Spring Boot's metrics ask for it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DataSourcePoolMetadataProvider.class)
    static class Pool {

        @Bean
        DataSourcePoolMetadataProvider mooringPoolMetadataProvider() {
            return source -> {
                Database database = SuspendingPostProcessor.database(source);
                return database == null ? null : new DatabasePoolMetadata(database);
            };
        }
    }

    /** The endpoint, where it is exposed. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    static class Endpoints {

        @Bean
        @ConditionalOnAvailableEndpoint(endpoint = MooringEndpoint.class)
        MooringEndpoint mooringEndpoint(Databases databases) {
            return new MooringEndpoint(databases);
        }
    }
}
