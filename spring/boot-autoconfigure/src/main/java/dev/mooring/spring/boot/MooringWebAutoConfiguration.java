package dev.mooring.spring.boot;

import dev.mooring.Databases;
import dev.mooring.error.ImproperlyConfiguredException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * A unit of work around each request of a servlet container, unless {@code mooring.web.enabled} is false. A transaction around each is
 * refused: it is for {@code AuthFilter} and {@code Databases.request}.
 */
@AutoConfiguration(after = {MooringAutoConfiguration.class, MooringSecurityAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, FilterRegistrationBean.class})
@ConditionalOnBean(Databases.class)
@ConditionalOnProperty(name = "mooring.web.enabled", matchIfMissing = true)
public final class MooringWebAutoConfiguration {

    /** Before all filters that may use the database, Spring Security's among them. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

    /** For the application context. */
    public MooringWebAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "unitOfWorkFilter")
    FilterRegistrationBean<UnitOfWorkFilter> unitOfWorkFilter(Databases databases) {
        FilterRegistrationBean<UnitOfWorkFilter> filter = new FilterRegistrationBean<>(new UnitOfWorkFilter(databases));
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        filter.setAsyncSupported(true);
        filter.setOrder(ORDER);
        return filter;
    }

    /** Nothing here puts transactions around requests, so the application does not start with a setting that asks for them. */
    @Bean
    @ConditionalOnMissingBean(
            type = "dev.mooring.auth.http.AuthFilter",
            parameterizedContainer = FilterRegistrationBean.class)
    InitializingBean mooringNoAtomicRequests(Databases databases) {
        return () -> databases.aliases().stream()
                .filter(alias -> databases.using(alias).settings().atomicRequests())
                .findFirst()
                .ifPresent(alias -> {
                    throw new ImproperlyConfiguredException(
                            ("Setting 'atomic-requests' of database '%s' was true, but nothing in this web application puts"
                                            + " transactions around requests: use @Transactional instead; or call"
                                            + " Databases.request in a filter of yours and set mooring.web.enabled to false")
                                    .formatted(alias));
                });
    }
}
