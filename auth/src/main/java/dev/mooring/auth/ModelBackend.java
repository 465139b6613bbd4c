package dev.mooring.auth;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates with the user name and the password in {@code auth_user}: Django's backend of the same name.
 *
 * <p>One SELECT and one hash whether or not there is such a user, none of either if a credential is missing; no connection
 * is held while hashing. A name that no row can have costs the hash alone. An inactive user is treated as one who does not
 * exist, so the time tells nothing about one. The right password for an {@linkplain PasswordHasher#mustUpdate outdated}
 * hash stores a new one.
 *
 * <p>Safe for use by several threads.
 */
public final class ModelBackend implements AuthenticationBackend {

    private final Users users;

    /** Makes one for {@code users}, whose hashers it uses. */
    public ModelBackend(Users users) {
        this.users = requireNonNull(users, "users");
    }

    /** {@return Django's dotted path, which is what a session shared with Django has to hold} */
    @Override
    public String name() {
        return "django.contrib.auth.backends.ModelBackend";
    }

    @Override
    public Optional<User> authenticate(@Nullable Object request, Credentials credentials) {
        String username = credentials.get(Credentials.USERNAME);
        String password = credentials.get(Credentials.PASSWORD);
        if (username == null || password == null) {
            return Optional.empty();
        }
        Optional<Account> candidate =
                users.find(username).filter(account -> account.user().isActive());
        return users.checkPassword(candidate, password) ? candidate.map(Account::user) : Optional.empty();
    }

    @Override
    public Optional<User> getUser(String id) {
        return users.findByIdText(id).filter(User::isActive);
    }
}
