package dev.mooring.spring.security;

import dev.mooring.auth.Authenticator;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.http.AuthFilter;
import dev.mooring.auth.http.RequestAuth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Keeps who is logged in in Django's session, not in the container's: whoever logged in at the Django site is logged in here
 * with the same cookie, and the other way round.
 *
 * <p>A login gives the session a new key, a logout deletes it; a session ends when its user's password is changed. The requests
 * must have passed an {@link AuthFilter}, which reads and saves the session: put it before Spring Security's filter.
 * Thread-safe.
 */
public final class DjangoSecurityContextRepository implements SecurityContextRepository {

    /** The request's attribute that has the authentication which its session is known to hold. */
    private static final String KEPT = DjangoSecurityContextRepository.class.getName();

    private final DjangoAuthorities authorities;

    /** Makes one for {@code users}; {@code authenticator} says what they may do. */
    public DjangoSecurityContextRepository(Users users, Authenticator authenticator) {
        this.authorities = new DjangoAuthorities(users, authenticator);
    }

    /** {@return the context of the user of the session; empty for nobody} */
    @Override
    @SuppressWarnings("deprecation") // Called by loadDeferredContext, when the context is first asked for.
    public SecurityContext loadContext(HttpRequestResponseHolder exchange) {
        HttpServletRequest request = exchange.getRequest();
        return AuthFilter.of(request)
                .user()
                .<SecurityContext>map(user -> new SecurityContextImpl(authentication(user, request)))
                .orElseGet(SecurityContextHolder::createEmptyContext);
    }

    private Authentication authentication(User user, HttpServletRequest request) {
        Authentication loaded = new DjangoAuthentication(authorities.details(user), null);
        request.setAttribute(KEPT, loaded);
        return loaded;
    }

    /**
     * Logs in whom {@code context} names, or out whoever was logged in if it names nobody. Does nothing for one that was loaded
     * or saved in this request: with {@code requireExplicitSave(false)} Spring Security saves every context.
     *
     * @throws IllegalStateException if it names somebody who is no {@link DjangoUserDetails}, for whom there is no place in
     *     Django's session
     */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        RequestAuth auth = AuthFilter.of(request);
        Authentication authentication = context.getAuthentication();
        if (authentication == null || authentication instanceof AnonymousAuthenticationToken) {
            if (auth.user().isPresent()) {
                auth.logout();
            }
            request.removeAttribute(KEPT);
        } else if (authentication != request.getAttribute(KEPT)) {
            auth.login(user(authentication));
            request.setAttribute(KEPT, authentication);
        }
    }

    private static User user(Authentication authentication) {
        if (authentication.getPrincipal() instanceof DjangoUserDetails details) {
            return details.user();
        }
        throw new IllegalStateException(
                ("Could not keep a %s in Django's session, which has a place for Django's users alone; authenticate with a"
                                + " DjangoAuthenticationProvider or a DjangoUserDetailsService, or give that login a"
                                + " SecurityContextRepository of its own")
                        .formatted(authentication.getClass().getName()));
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return AuthFilter.of(request).user().isPresent();
    }
}
