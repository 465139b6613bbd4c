package dev.mooring.auth.hashers;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the hashers have in common. */
final class EncodedTexts {

    /** How many of 62 characters hold 128 bits: Django's length of a salt. */
    static final int SALT_LENGTH = 22;

    /** In front of what is stored for a user who cannot log in with a password. */
    static final String UNUSABLE_PREFIX = "!";

    private static final Logger LOG = LoggerFactory.getLogger(PasswordHashers.class);

    private EncodedTexts() {}

    /** {@return whether {@code encoded} was not stored to match nothing} */
    static boolean isUsable(String encoded) {
        return !encoded.startsWith(UNUSABLE_PREFIX);
    }

    static String requireSalt(String salt) {
        if (salt.isEmpty() || salt.contains("$")) {
            throw new IllegalArgumentException("salt must not be empty or contain '$'");
        }
        return salt;
    }

    /** {@return the groups of {@code encoded}, for which {@link PasswordHasher#canVerify} returned true} */
    static Matcher parts(Pattern format, String encoded, String algorithm) {
        Matcher parts = format.matcher(encoded);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a hash of " + algorithm);
        }
        return parts;
    }

    static int number(Matcher parts, String group) {
        return Integer.parseInt(parts.group(group));
    }

    /** {@return whether a stored parameter is within its bound; a warning is logged if it is not} */
    static boolean isAllowed(String algorithm, String parameter, long stored, long max) {
        if (stored > max) {
            LOG.warn(
                    "A stored password hash of algorithm '{}' asks for {} {}, more than the {} that are computed;"
                            + " nobody can log in with it until the password is set anew or a hasher with higher"
                            + " parameters is configured",
                    algorithm,
                    stored,
                    parameter,
                    max);
        }
        return stored <= max;
    }

    static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(name + " is missing from this Java runtime", e);
        }
    }
}
