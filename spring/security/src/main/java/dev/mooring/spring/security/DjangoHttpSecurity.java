package dev.mooring.spring.security;

import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Users;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.savedrequest.CookieRequestCache;

/**
 * Makes a chain of Spring Security's use Django's users, sessions and CSRF tokens.
 *
 * <p>As a bean, Spring Security 7 applies it to every {@link HttpSecurity}, before what the application says. With Spring
 * Security 6, or for one chain of several, call {@link #customize}. An {@link dev.mooring.auth.http.AuthFilter} has to stand
 * before Spring Security's filter.
 *
 * <p>What was asked for before the login is remembered in a cookie, since the container's session is not needed for anything
 * else. Thread-safe.
 */
public final class DjangoHttpSecurity implements Customizer<HttpSecurity> {

    private final DjangoAuthenticationProvider provider;
    private final DjangoSecurityContextRepository sessions;
    private final DjangoCsrf csrf = new DjangoCsrf();

    /** Makes one that asks {@code authenticator} who somebody is and what they may do, and {@code users} for their groups. */
    public DjangoHttpSecurity(Users users, Authenticator authenticator) {
        this.provider = new DjangoAuthenticationProvider(users, authenticator);
        this.sessions = new DjangoSecurityContextRepository(users, authenticator);
    }

    @Override
    public void customize(HttpSecurity http) {
        http.authenticationProvider(provider)
                .securityContext(context -> context.securityContextRepository(sessions))
                .csrf(check -> check.csrfTokenRepository(csrf).csrfTokenRequestHandler(csrf))
                .requestCache(cache -> cache.requestCache(new CookieRequestCache()));
    }
}
