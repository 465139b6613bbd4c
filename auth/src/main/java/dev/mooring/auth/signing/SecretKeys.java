package dev.mooring.auth.signing;

import static java.util.Objects.requireNonNull;

import dev.mooring.config.Secret;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.ArrayList;
import java.util.List;

/**
 * Django's {@code SECRET_KEY} and {@code SECRET_KEY_FALLBACKS}: the first signs, all of them verify.
 *
 * <p>Must be the same as in the Django project that shares the database. Immutable; {@link #toString()} shows no key.
 */
public final class SecretKeys {

    private final List<Secret> keys;

    private SecretKeys(List<Secret> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * {@return these keys}
     *
     * @param secretKey what new signatures are made with
     * @param fallbacks former keys, whose signatures are still accepted
     * @throws ImproperlyConfiguredException if one of them is empty
     */
    public static SecretKeys of(String secretKey, String... fallbacks) {
        List<Secret> keys = new ArrayList<>();
        keys.add(Secret.of(requireNonNull(secretKey, "secretKey")));
        for (String fallback : fallbacks) {
            keys.add(Secret.of(requireNonNull(fallback, "fallbacks")));
        }
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).isEmpty()) {
                throw new ImproperlyConfiguredException(
                        (i == 0 ? "The secret key" : "Fallback " + i + " of the secret key")
                                + " is empty, so anybody could sign; set Django's "
                                + (i == 0 ? "SECRET_KEY" : "SECRET_KEY_FALLBACKS"));
            }
        }
        return new SecretKeys(keys);
    }

    /** {@return the key that signs} */
    public Secret primary() {
        return keys.get(0);
    }

    /** {@return all keys, the one that signs first} */
    public List<Secret> all() {
        return keys;
    }

    SecretKeys prefixed(String prefix) {
        return new SecretKeys(
                keys.stream().map(key -> Secret.of(prefix + key.reveal())).toList());
    }

    /** {@return how many keys there are} */
    @Override
    public String toString() {
        return "SecretKeys[" + keys.size() + "]";
    }
}
