package dev.mooring.spring.security;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Somebody who is logged in. Spring's tokens copy the authorities when they are made; this one has them read when they are asked
 * for, since most requests do not ask.
 */
@SuppressWarnings("serial") // See DjangoUserDetails.
final class DjangoAuthentication implements Authentication {

    private final DjangoUserDetails principal;
    private final @Nullable Object details;
    private volatile boolean authenticated = true;

    DjangoAuthentication(DjangoUserDetails principal, @Nullable Object details) {
        this.principal = principal;
        this.details = details;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return principal.getAuthorities();
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public @Nullable Object getDetails() {
        return details;
    }

    @Override
    public DjangoUserDetails getPrincipal() {
        return principal;
    }

    @Override
    public String getName() {
        return principal.getUsername();
    }

    @Override
    public boolean isAuthenticated() {
        return authenticated;
    }

    @Override
    public void setAuthenticated(boolean isAuthenticated) {
        if (isAuthenticated) {
            throw new IllegalArgumentException("Only an AuthenticationProvider makes somebody authenticated");
        }
        authenticated = false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DjangoAuthentication that
                && principal.equals(that.principal)
                && authenticated == that.authenticated;
    }

    @Override
    public int hashCode() {
        return principal.hashCode();
    }

    @Override
    public String toString() {
        return "DjangoAuthentication[" + principal + ", authenticated=" + authenticated + "]";
    }
}
