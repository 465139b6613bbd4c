package dev.mooring.auth;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.SessionAuthHash.Match;
import dev.mooring.auth.codec.ConstantTime;
import dev.mooring.auth.sessions.Session;
import dev.mooring.auth.signing.SecretKeys;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in a session who logged in: Django's {@code login}, {@code logout}, {@code get_user} and
 * {@code update_session_auth_hash}.
 *
 * <pre>{@code
 * Optional<User> user = authenticator.authenticate(request, username, password);
 * user.ifPresent(found -> logins.login(session, found, request));
 * session.save();
 * }</pre>
 *
 * <p>None of the methods saves the session; who answers the request does, once. Safe for use by several threads.
 */
public final class Logins {

    private static final String USER_ID = "_auth_user_id";
    private static final String BACKEND = "_auth_user_backend";
    private static final String HASH = "_auth_user_hash";

    private final Authenticator authenticator;
    private final Users users;
    private final SessionAuthHash hash;

    private Logins(Authenticator authenticator, Users users, SecretKeys keys) {
        this.authenticator = requireNonNull(authenticator, "authenticator");
        this.users = requireNonNull(users, "users");
        this.hash = new SessionAuthHash(keys);
    }

    /**
     * {@return one for these users}
     *
     * @param authenticator whose backends are asked for the user of a session, and whose listeners are told
     * @param users where the last login is written
     * @param keys what the password's hash in a session is keyed with
     */
    public static Logins of(Authenticator authenticator, Users users, SecretKeys keys) {
        return new Logins(authenticator, users, keys);
    }

    /** {@return whose backends are asked} */
    public Authenticator authenticator() {
        return authenticator;
    }

    /** {@return where the last login is written} */
    public Users users() {
        return users;
    }

    /**
     * Logs {@code user} in, under the backend that authenticated them; see {@link #login(Session, User, String, Object)}.
     *
     * @throws IllegalArgumentException if none did and more than one is configured
     */
    public User login(Session session, User user, @Nullable Object request) {
        return login(session, user, backendOf(user), request);
    }

    /**
     * Logs {@code user} in: the session gets a new key, and is emptied first if it was another user's or its user's password
     * has changed. Writes the last login and tells the listeners.
     *
     * @param backend the name of the backend to ask for the user in later requests
     * @param request handed to the listeners as it is
     * @return the user, with {@code backend} as their backend
     */
    public User login(Session session, User user, String backend, @Nullable Object request) {
        requireNonNull(backend, "backend");
        String current = hash.of(user);
        if (!session.contains(USER_ID)) {
            session.cycleKey();
        } else if (!isUser(session, user) || !ConstantTime.equal(current, text(session, HASH))) {
            session.flush();
        }
        session.put(USER_ID, user.idText());
        session.put(BACKEND, backend);
        session.put(HASH, current);
        User loggedIn = user.authenticatedBy(backend);
        users.updateLastLogin(loggedIn);
        authenticator.listeners().forEach(listener -> listener.loggedIn(loggedIn, request));
        return loggedIn;
    }

    /** Logs out whoever is logged in; see {@link #logout(Session, User, Object)}. */
    public void logout(Session session, @Nullable Object request) {
        logout(session, getUser(session).orElse(null), request);
    }

    /**
     * Tells the listeners, then deletes the session with all that it holds.
     *
     * @param user who is logged in, for the listeners; null for nobody
     */
    public void logout(Session session, @Nullable User user, @Nullable Object request) {
        authenticator.listeners().forEach(listener -> listener.loggedOut(user, request));
        session.flush();
    }

    /**
     * {@return who is logged in}
     *
     * <p>Nobody is if the session says so, if its backend is not configured or no longer knows the user, or if the password
     * was changed since: then the session is deleted. If the secret key was changed since, the session gets a new key and
     * goes on.
     */
    public Optional<User> getUser(Session session) {
        String id = text(session, USER_ID);
        String backend = text(session, BACKEND);
        if (id.isEmpty() || backend.isEmpty()) {
            return Optional.empty();
        }
        return authenticator.getUser(backend, id).filter(user -> verify(session, user));
    }

    /**
     * Lets this session survive the change of its user's password, which ends all others: call it after the change, with the
     * user as read since. The session gets a new key.
     */
    public void updateSessionAuthHash(Session session, User user) {
        session.cycleKey();
        if (isUser(session, user)) {
            session.put(HASH, hash.of(user));
        }
    }

    private boolean verify(Session session, User user) {
        Match match = hash.match(user, text(session, HASH));
        if (match == Match.FORMER_KEY) {
            session.cycleKey();
            session.put(HASH, hash.of(user));
        } else if (match == Match.NONE) {
            session.flush();
        }
        return match != Match.NONE;
    }

    private String backendOf(User user) {
        List<String> configured = authenticator.backendNames();
        if (user.backend().isEmpty() && configured.size() != 1) {
            throw new IllegalArgumentException(
                    "There are " + configured.size() + " authentication backends, and none of them"
                            + " authenticated the user; say under which one to log them in");
        }
        return user.backend().orElseGet(() -> configured.get(0));
    }

    private static boolean isUser(Session session, User user) {
        return text(session, USER_ID).equals(user.idText());
    }

    /** {@return the text called {@code name}, empty for anything else: Django writes only text under these names} */
    private static String text(Session session, String name) {
        return session.get(name) instanceof String text ? text : "";
    }
}
