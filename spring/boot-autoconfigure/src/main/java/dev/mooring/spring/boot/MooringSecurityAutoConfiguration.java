package dev.mooring.spring.boot;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Logins;
import dev.mooring.auth.Users;
import dev.mooring.auth.http.AuthFilter;
import dev.mooring.auth.http.AuthSettings;
import dev.mooring.auth.http.HttpAuth;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.spring.security.DjangoHttpSecurity;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * Django's users, permissions and sessions in Spring Security, where {@code mooring-spring-security} is present and the secret key of
 * the Django project is given: by {@code mooring.security.secret-key}, or as a bean.
 */
@AutoConfiguration(
        after = MooringAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DjangoHttpSecurity.class, AuthFilter.class, HttpSecurity.class, FilterRegistrationBean.class})
@ConditionalOnBean(Databases.class)
@EnableConfigurationProperties(SecurityProperties.class)
public final class MooringSecurityAutoConfiguration {

    /** Right after the filter of the unit of work, before Spring Security's. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 110;

    /** For the application context. */
    public MooringSecurityAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("mooring.security.secret-key")
    SecretKeys mooringSecretKeys(SecurityProperties properties) {
        return SecretKeys.of(
                Objects.requireNonNull(properties.secretKey()),
                properties.secretKeyFallbacks().toArray(String[]::new));
    }

    @Bean
    @ConditionalOnBean(SecretKeys.class)
    @ConditionalOnMissingBean
    AuthSettings mooringAuthSettings(SecurityProperties properties, SecretKeys keys) {
        return properties.authSettings(keys);
    }

    @Bean
    @ConditionalOnBean(SecretKeys.class)
    @ConditionalOnMissingBean
    Users mooringUsers(Databases databases, AuthSettings settings) {
        return settings.users(databases);
    }

    @Bean
    @ConditionalOnBean(SecretKeys.class)
    @ConditionalOnMissingBean
    Authenticator mooringAuthenticator(Users users, AuthSettings settings) {
        return settings.authenticator(users);
    }

    @Bean
    @ConditionalOnBean(SecretKeys.class)
    @ConditionalOnMissingBean(value = AuthFilter.class, parameterizedContainer = FilterRegistrationBean.class)
    FilterRegistrationBean<AuthFilter> mooringAuthFilter(
            Databases databases, Users users, Authenticator authenticator, SecretKeys keys, AuthSettings settings) {
        Logins logins = Logins.of(authenticator, users, keys);
        HttpAuth.Builder auth = HttpAuth.builder(databases, settings.sessions(databases), logins)
                .settings(settings);
        // Spring Security checks CSRF tokens.
        FilterRegistrationBean<AuthFilter> filter = new FilterRegistrationBean<>(
                new AuthFilter(auth.csrfExempt(path -> true).build()));
        filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        filter.setOrder(ORDER);
        return filter;
    }

    @Bean
    @ConditionalOnBean(SecretKeys.class)
    @ConditionalOnMissingBean
    DjangoHttpSecurity mooringHttpSecurity(Users users, Authenticator authenticator) {
        return new DjangoHttpSecurity(users, authenticator);
    }

    /**
     * Keeps Spring Boot from making a user with a password of its own, who could log in beside Django's. Those are asked by
     * {@link DjangoHttpSecurity}, and once: as the provider of all chains this one would be asked again after each refusal.
     */
    @Bean
    @ConditionalOnBean(SecretKeys.class)
    @ConditionalOnMissingBean({AuthenticationProvider.class, AuthenticationManager.class, UserDetailsService.class})
    AuthenticationProvider mooringNoOtherUsers() {
        return new NoOtherUsers();
    }

    private static final class NoOtherUsers implements AuthenticationProvider {

        @Override
        public @Nullable Authentication authenticate(Authentication authentication) {
            return null;
        }

        @Override
        public boolean supports(Class<?> type) {
            return false;
        }
    }
}
