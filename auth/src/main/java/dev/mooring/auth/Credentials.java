package dev.mooring.auth;

import static java.util.stream.Collectors.toMap;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody offers to prove who they are, by name: the keyword arguments of Django's {@code authenticate()}.
 *
 * <p>Immutable. {@link #toString()} shows no secret.
 */
public final class Credentials {

    /** The name under which {@link ModelBackend} looks for the user name. */
    public static final String USERNAME = "username";

    /** The name under which {@link ModelBackend} looks for the password. */
    public static final String PASSWORD = "password";

    private static final Pattern SENSITIVE = Pattern.compile("api|token|key|secret|password|signature");
    private static final String CLEANSED = "*".repeat(20);

    private final Map<String, String> values;

    private Credentials(Map<String, String> values) {
        this.values = values;
    }

    /** {@return the credentials in {@code values}, which is copied} */
    public static Credentials of(Map<String, String> values) {
        return new Credentials(Map.copyOf(values));
    }

    /** {@return a user name and a password; one that is null is missing} */
    public static Credentials of(@Nullable String username, @Nullable String password) {
        Map<String, String> values = new TreeMap<>();
        if (username != null) {
            values.put(USERNAME, username);
        }
        if (password != null) {
            values.put(PASSWORD, password);
        }
        return of(values);
    }

    /** {@return the value called {@code name}; null if missing} */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** {@return the names of what was given} */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * {@return the same names, with 20 asterisks for each value that may be a secret}
     *
     * <p>Django's rule: it may be one if its name contains api, token, key, secret, password or signature, in any case.
     */
    public Credentials cleansed() {
        return of(values.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> isSensitive(entry.getKey()) ? CLEANSED : entry.getValue())));
    }

    private static boolean isSensitive(String name) {
        return SENSITIVE.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    /** {@return the names alone: a value may be a secret under a name that does not say so} */
    @Override
    public String toString() {
        return "Credentials" + new TreeMap<>(values).keySet();
    }
}
