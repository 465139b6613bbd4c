package dev.mooring.auth;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.IntegrityException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a user name that somebody else has verified, such as a proxy in front: Django's backend of the same name.
 *
 * <p>The name is the credential {@value #REMOTE_USER}, the only one it takes. A user who does not exist is created, with a
 * password that nothing matches, unless {@link #withoutCreating}. Permissions are those of {@link ModelBackend}. Immutable and
 * thread-safe.
 */
public final class RemoteUserBackend extends ModelBackend {

    /** The name of the credential. */
    public static final String REMOTE_USER = "remote_user";

    private final boolean creates;
    private final boolean admitsInactive;
    private final UnaryOperator<String> cleaning;
    private final Configuration configuration;

    /** What is done with a user who was found or created: Django's {@code configure_user}. */
    @FunctionalInterface
    public interface Configuration {
        /** {@return the user as they are then} */
        User configure(@Nullable Object request, User user, boolean created);
    }

    /** Makes one that creates users who do not exist, and refuses inactive ones. */
    public RemoteUserBackend(Users users) {
        this(users, true, false, UnaryOperator.identity(), (request, user, created) -> user);
    }

    private RemoteUserBackend(
            Users users,
            boolean creates,
            boolean admitsInactive,
            UnaryOperator<String> cleaning,
            Configuration configuration) {
        super(users, admitsInactive);
        this.creates = creates;
        this.admitsInactive = admitsInactive;
        this.cleaning = cleaning;
        this.configuration = configuration;
    }

    /** {@return one that knows only users who exist: Django's {@code create_unknown_user = False}} */
    public RemoteUserBackend withoutCreating() {
        return new RemoteUserBackend(users(), false, admitsInactive, cleaning, configuration);
    }

    /** {@return one that lets inactive users in: Django's {@code AllowAllUsersRemoteUserBackend}} */
    public RemoteUserBackend allowingAllUsers() {
        return new RemoteUserBackend(users(), creates, true, cleaning, configuration);
    }

    /** {@return one that makes the user name out of what the proxy says: Django's {@code clean_username}} */
    public RemoteUserBackend cleaning(UnaryOperator<String> toUsername) {
        return new RemoteUserBackend(
                users(), creates, admitsInactive, requireNonNull(toUsername, "toUsername"), configuration);
    }

    /** {@return one that does this with each user it lets in} */
    public RemoteUserBackend configuring(Configuration then) {
        return new RemoteUserBackend(users(), creates, admitsInactive, cleaning, requireNonNull(then, "then"));
    }

    @Override
    public String name() {
        return admitsInactive
                ? "django.contrib.auth.backends.AllowAllUsersRemoteUserBackend"
                : "django.contrib.auth.backends.RemoteUserBackend";
    }

    @Override
    public boolean supports(Credentials credentials) {
        return credentials.names().equals(Set.of(REMOTE_USER));
    }

    @Override
    public Optional<User> authenticate(@Nullable Object request, Credentials credentials) {
        String remote = credentials.get(REMOTE_USER);
        if (remote == null || remote.isEmpty()) {
            return Optional.empty();
        }
        String username = cleaning.apply(remote);
        Optional<User> known = users().findByUsername(username);
        if (known.isPresent()) {
            return admitted(request, known.get(), false);
        }
        return creates ? create(request, username) : Optional.empty();
    }

    private Optional<User> create(@Nullable Object request, String username) {
        User created;
        try {
            created = users().createUser(username, null, null);
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        } catch (IntegrityException taken) {
            User other = users().findByUsername(username).orElseThrow(() -> taken);
            return admitted(request, other, false);
        }
        return admitted(request, created, true);
    }

    private Optional<User> admitted(@Nullable Object request, User user, boolean created) {
        return Optional.of(configuration.configure(request, user, created)).filter(this::isAdmitted);
    }
}
