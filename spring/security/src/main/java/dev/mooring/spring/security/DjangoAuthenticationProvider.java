package dev.mooring.spring.security;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Users;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Asks an {@link Authenticator} for whoever logs in with a name and a password: Django's chain of backends, its listeners, and
 * the replacement of outdated hashes. The principal is a {@link DjangoUserDetails}.
 *
 * <p>Whoever is unknown, inactive, without a usable password or mistaken gets the same answer after the same time. Thread-safe.
 */
public final class DjangoAuthenticationProvider implements AuthenticationProvider {

    private final Authenticator authenticator;
    private final DjangoAuthorities authorities;

    /** Makes one that asks {@code authenticator}; {@code users} says what groups they are in. */
    public DjangoAuthenticationProvider(Users users, Authenticator authenticator) {
        this.authenticator = requireNonNull(authenticator, "authenticator");
        this.authorities = new DjangoAuthorities(users, authenticator);
    }

    /**
     * {@return the user whose name and password these are}
     *
     * @throws BadCredentialsException if there is none
     */
    @Override
    public Authentication authenticate(Authentication authentication) {
        Object password = authentication.getCredentials();
        return authenticator
                .authenticate(
                        authentication.getDetails(),
                        authentication.getName(),
                        password == null ? null : password.toString())
                .map(user -> new DjangoAuthentication(authorities.details(user), authentication.getDetails()))
                .orElseThrow(() -> new BadCredentialsException("The user name or the password is wrong"));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
