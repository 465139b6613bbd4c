package dev.mooring.spring.security;

import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Users;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;

/**
 * Makes a chain of Spring Security's use Django's users, sessions and CSRF tokens.
 *
 * <p>As a bean, Spring Security 7 applies it to every {@link HttpSecurity}, before what the application says. With Spring
 * Security 6, or for one chain of several, call {@link #customize}. An {@link dev.mooring.auth.http.AuthFilter} has to stand
 * before Spring Security's filter.
 *
 * <p>The page that was asked for before the login is remembered in a cookie, so that no session of the container is needed.
 * Thread-safe.
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
                .requestCache(cache -> cache.requestCache(requestCache()))
                .servletApi(api -> api.withObjectPostProcessor(new LoginsOfRequests(sessions)));
    }

    /** Has {@code request.login()} keep its login in Django's session too: Spring Security would use the container's. */
    private record LoginsOfRequests(SecurityContextRepository sessions)
            implements ObjectPostProcessor<SecurityContextHolderAwareRequestFilter>, Ordered {

        /** Before Spring Security's own, behind which the filter does not look at it any more. */
        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public <O extends SecurityContextHolderAwareRequestFilter> O postProcess(O filter) {
            filter.setSecurityContextRepository(sessions);
            return filter;
        }
    }

    private static CookieRequestCache requestCache() {
        CookieRequestCache cache = new CookieRequestCache();
        cache.setRequestMatcher(DjangoHttpSecurity::isPage);
        return cache;
    }

    /** As the cache that Spring Security chooses by itself: a login must not lead to what a script or an icon's link asked for. */
    private static boolean isPage(HttpServletRequest request) {
        String accepted = String.valueOf(request.getHeader("Accept"));
        return request.getMethod().equals("GET")
                && !"XMLHttpRequest".equals(request.getHeader("X-Requested-With"))
                && !request.getRequestURI().contains("/favicon.")
                && !accepted.startsWith("application/json")
                && !accepted.startsWith("text/event-stream");
    }
}
