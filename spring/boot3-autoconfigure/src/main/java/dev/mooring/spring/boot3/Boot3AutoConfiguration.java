package dev.mooring.spring.boot3;

import dev.mooring.spring.boot.MooringConnectionDetails;
import dev.mooring.spring.boot.TransactionCustomization;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.autoconfigure.transaction.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adapts Spring Boot 3 to Mooring's configurations; in an application of another generation it does nothing. */
@AutoConfiguration
public final class Boot3AutoConfiguration {

    /** For the application context. */
    public Boot3AutoConfiguration() {}

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
