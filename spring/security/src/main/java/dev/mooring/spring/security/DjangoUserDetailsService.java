package dev.mooring.spring.security;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Users;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Finds users by name in Django's table, with the hashes of their passwords and their authorities: for what asks Spring
 * Security for users, and for a {@code DaoAuthenticationProvider} with a {@link DjangoPasswordEncoder}.
 *
 * <p>For a login {@link DjangoAuthenticationProvider} is the better choice: it asks all of Django's backends, replaces outdated
 * hashes, and takes one statement. Thread-safe.
 */
public final class DjangoUserDetailsService implements UserDetailsService {

    private final Users users;
    private final DjangoAuthorities authorities;

    /** Makes one for {@code users}; {@code authenticator} says what they may do. */
    public DjangoUserDetailsService(Users users, Authenticator authenticator) {
        this.users = requireNonNull(users, "users");
        this.authorities = new DjangoAuthorities(users, authenticator);
    }

    /**
     * {@return the user of that name; one who is inactive is disabled}
     *
     * @throws UsernameNotFoundException if there is none
     */
    @Override
    public UserDetails loadUserByUsername(String username) {
        return users.findByUsername(username)
                .map(authorities::detailsWithPassword)
                .orElseThrow(() -> new UsernameNotFoundException("There is no user of that name"));
    }
}
