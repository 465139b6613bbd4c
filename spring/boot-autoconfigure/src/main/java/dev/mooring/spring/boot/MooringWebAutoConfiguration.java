package dev.mooring.spring.boot;

import dev.mooring.Databases;
import dev.mooring.error.ImproperlyConfiguredException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.servlet.HandlerAdapter;

/**
 * A unit of work around each request of a servlet container, and the transactions of {@code atomic-requests} around handlers of Spring
 * MVC, unless {@code mooring.web.enabled} is false. Where there is an {@code AuthFilter}, that begins the transactions.
 */
@AutoConfiguration(
        after = {MooringAutoConfiguration.class, MooringSecurityAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
            "org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration"
        })
@ConditionalOnWebApplication
@ConditionalOnBean(Databases.class)
@ConditionalOnProperty(name = "mooring.web.enabled", matchIfMissing = true)
public final class MooringWebAutoConfiguration {

    private static final String AUTH_FILTER = "dev.mooring.auth.http.AuthFilter";

    /** Before all filters that may use the database, Spring Security's among them. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

    /** For the application context. */
    public MooringWebAutoConfiguration() {}

    /** The unit of work. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass({Filter.class, FilterRegistrationBean.class})
    static class Units {

        @Bean
        @ConditionalOnMissingBean(name = "unitOfWorkFilter")
        FilterRegistrationBean<UnitOfWorkFilter> unitOfWorkFilter(Databases databases) {
            FilterRegistrationBean<UnitOfWorkFilter> filter =
                    new FilterRegistrationBean<>(new UnitOfWorkFilter(databases));
            filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
            filter.setAsyncSupported(true);
            filter.setOrder(ORDER);
            return filter;
        }

        /** Where nothing puts transactions around requests, the application does not start with a setting that asks for them. */
        @Bean
        @ConditionalOnMissingBean(
                type = {AUTH_FILTER, "org.springframework.web.servlet.HandlerAdapter"},
                parameterizedContainer = FilterRegistrationBean.class)
        InitializingBean mooringNoAtomicRequests(Databases databases) {
            return refusal(
                    databases,
                    "nothing in this web application puts transactions around requests: use @Transactional instead; or call"
                            + " Databases.request in a filter of yours and set mooring.web.enabled to false");
        }
    }

    /** The transactions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass({HandlerAdapter.class, JdbcTransactionManager.class, FilterRegistrationBean.class})
    @ConditionalOnBean(HandlerAdapter.class)
    static class Transactions {

        @Bean
        @ConditionalOnMissingBean(type = AUTH_FILTER, parameterizedContainer = FilterRegistrationBean.class)
        AtomicHandlerAdapter mooringAtomicHandlerAdapter(
                Databases databases,
                ObjectProvider<PlatformTransactionManager> managers,
                List<HandlerAdapter> adapters) {
            boolean isWanted = !AtomicRequests.aliases(databases).isEmpty();
            return new AtomicHandlerAdapter(
                    new AtomicRequests(databases, managers::getIfUnique), isWanted ? adapters : List.of());
        }
    }

    /** A transaction belongs to a thread. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class Reactive {

        @Bean
        InitializingBean mooringNoAtomicRequests(Databases databases) {
            return refusal(
                    databases,
                    "requests of a reactive web application go from thread to thread, and a transaction does not: use"
                            + " @Transactional or TransactionTemplate in what runs on one thread, and take the setting away");
        }
    }

    private static InitializingBean refusal(Databases databases, String why) {
        return () -> AtomicRequests.aliases(databases).stream().findFirst().ifPresent(alias -> {
            throw new ImproperlyConfiguredException(
                    "Setting 'atomic-requests' of database '%s' was true, but %s".formatted(alias, why));
        });
    }
}
