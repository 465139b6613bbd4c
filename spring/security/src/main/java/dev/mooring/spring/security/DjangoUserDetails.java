package dev.mooring.spring.security;

import dev.mooring.auth.User;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * A user of Django's as Spring Security sees them: the principal of whoever is logged in.
 *
 * <p>The authorities are read from the database when they are first asked for, and remembered. Somebody who was
 * authenticated has no {@link #getPassword() password} here. Thread-safe. Two are equal if their users are.
 */
// It is in no HttpSession: Django's session holds the user's id alone.
@SuppressWarnings("serial")
public final class DjangoUserDetails implements UserDetails, CredentialsContainer {

    private final User user;
    private final DjangoAuthorities authorities;
    private volatile @Nullable String encodedPassword;
    private volatile @Nullable List<GrantedAuthority> known;

    DjangoUserDetails(User user, DjangoAuthorities authorities, @Nullable String encodedPassword) {
        this.user = user;
        this.authorities = authorities;
        this.encodedPassword = encodedPassword;
    }

    /** {@return the user, as the row was when read} */
    public User user() {
        return user;
    }

    /**
     * {@return the permissions as {@code app_label.codename}, {@code GROUP_} and the name of each group, and
     * {@code ROLE_STAFF} and {@code ROLE_SUPERUSER} for those who are} An inactive user has none.
     */
    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        List<GrantedAuthority> read = known;
        if (read == null) {
            read = authorities.of(user);
            known = read;
        }
        return read;
    }

    /** {@return the hash; null once the user is authenticated} */
    @Override
    public @Nullable String getPassword() {
        return encodedPassword;
    }

    @Override
    public String getUsername() {
        return user.username();
    }

    /** {@return Django's {@code is_active}} */
    @Override
    public boolean isEnabled() {
        return user.isActive();
    }

    @Override
    public void eraseCredentials() {
        encodedPassword = null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DjangoUserDetails that && user.equals(that.user);
    }

    @Override
    public int hashCode() {
        return user.hashCode();
    }

    /** {@return the user's id and name} */
    @Override
    public String toString() {
        return user.toString();
    }
}
