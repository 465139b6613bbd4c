package dev.mooring.auth;

import dev.mooring.auth.codec.ConstantTime;
import dev.mooring.auth.codec.Hmac;
import dev.mooring.auth.codec.Hmac.Algorithm;
import dev.mooring.auth.signing.SecretKeys;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a session remembers of the password, so that changing it ends the user's other sessions: Django's
 * {@code get_session_auth_hash}. Immutable.
 */
final class SessionAuthHash {

    /** How a stored hash stands to the user's password. */
    enum Match {
        CURRENT,
        /** Made with a former secret key. */
        FORMER_KEY,
        NONE
    }

    private static final String SALT = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash";

    private final Hmac current;
    private final List<Hmac> former;
    private final List<Hmac> sha1;

    /** Accepts SHA-1 too, which Django made before 3.1, and leaves it, both as Django 3.2 does. */
    SessionAuthHash(SecretKeys keys) {
        List<Hmac> all = hmacs(Algorithm.SHA256, keys).toList();
        current = all.get(0);
        former = all.subList(1, all.size());
        sha1 = hmacs(Algorithm.SHA1, keys).toList();
    }

    private static Stream<Hmac> hmacs(Algorithm algorithm, SecretKeys keys) {
        return keys.all().stream().map(key -> Hmac.salted(algorithm, SALT, key.reveal()));
    }

    String of(User user) {
        return hash(current, user);
    }

    Match match(User user, String stored) {
        if (ConstantTime.equal(of(user), stored) || any(sha1, user, stored)) {
            return Match.CURRENT;
        }
        return any(former, user, stored) ? Match.FORMER_KEY : Match.NONE;
    }

    private static boolean any(List<Hmac> hmacs, User user, String stored) {
        return hmacs.stream().anyMatch(hmac -> ConstantTime.equal(hash(hmac, user), stored));
    }

    private static String hash(Hmac hmac, User user) {
        return HexFormat.of().formatHex(hmac.of(user.encodedPassword()));
    }
}
