package dev.mooring.spring.boot;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What has another package in Spring Boot 4 than in Spring Boot 3, for the configurations that serve both. That of 3 is in
 * {@code mooring-spring-boot3-autoconfigure}.
 */
@AutoConfiguration
public final class Boot4AutoConfiguration {

    /** For the application context. */
    public Boot4AutoConfiguration() {}

    /** What Spring Boot knows of a database that it starts or finds. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JdbcConnectionDetails.class)
    @ConditionalOnBean(JdbcConnectionDetails.class)
    static class Connections {

        @Bean
        MooringConnectionDetails mooringConnectionDetails(JdbcConnectionDetails details) {
            return new MooringConnectionDetails(details.getJdbcUrl(), details.getUsername(), details.getPassword());
        }
    }

    /** What Spring Boot does to transaction managers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionManagerCustomizers.class)
    static class Transactions {

        @Bean
        TransactionCustomization mooringTransactionCustomization(
                ObjectProvider<TransactionManagerCustomizers> customizers) {
            return manager -> customizers.ifAvailable(each -> each.customize(manager));
        }
    }
}
