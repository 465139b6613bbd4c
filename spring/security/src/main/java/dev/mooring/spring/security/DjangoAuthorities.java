package dev.mooring.spring.security;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Group;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Turns what Django knows of a user into authorities. Thread-safe.
 *
 * <p>Names of groups are free text that editors of groups choose, so they have a prefix of their own: a group called SUPERUSER
 * must not make anybody a {@code ROLE_SUPERUSER}. A permission has a dot, which the roles have not.
 */
final class DjangoAuthorities {

    private static final String STAFF = "ROLE_STAFF";
    private static final String SUPERUSER = "ROLE_SUPERUSER";
    private static final String GROUP_PREFIX = "GROUP_";

    private final Users users;
    private final Authenticator authenticator;

    DjangoAuthorities(Users users, Authenticator authenticator) {
        this.users = requireNonNull(users, "users");
        this.authenticator = requireNonNull(authenticator, "authenticator");
    }

    DjangoUserDetails details(User user) {
        return new DjangoUserDetails(user, this, null);
    }

    DjangoUserDetails detailsWithPassword(User user) {
        return new DjangoUserDetails(user, this, users.encodedPassword(user));
    }

    List<GrantedAuthority> of(User user) {
        if (!user.isActive()) {
            return List.of();
        }
        Set<String> names = new TreeSet<>(authenticator.allPermissions(user, null));
        for (Group group : users.groupsOf(user)) {
            names.add(GROUP_PREFIX + group.name());
        }
        if (user.isStaff()) {
            names.add(STAFF);
        }
        if (user.isSuperuser()) {
            names.add(SUPERUSER);
        }
        return names.stream().<GrantedAuthority>map(SimpleGrantedAuthority::new).toList();
    }
}
