package dev.mooring.auth.hashers;

import dev.mooring.error.ImproperlyConfiguredException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hashers of different algorithms, and which of them a stored hash belongs to. Immutable. */
final class HasherList {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordHashers.class);

    /** Django's column holds 128; what is far longer was not made by a hasher. */
    private static final int MAX_ENCODED_LENGTH = 1024;

    private final List<PasswordHasher> hashers;

    /** @throws ImproperlyConfiguredException if two are for one algorithm */
    HasherList(List<PasswordHasher> hashers) {
        this.hashers = List.copyOf(hashers);
        Set<String> algorithms = new HashSet<>();
        for (PasswordHasher hasher : hashers) {
            String algorithm = hasher.algorithm();
            if (algorithm.isEmpty() || algorithm.contains("$")) {
                throw new ImproperlyConfiguredException(
                        "Password hasher " + hasher.getClass().getName() + " calls its algorithm '" + algorithm
                                + "'; the name must not be empty or contain '$'");
            }
            if (!algorithms.add(algorithm)) {
                throw new ImproperlyConfiguredException(
                        "Two password hashers for the algorithm '" + algorithm + "'; leave one out");
            }
        }
    }

    List<PasswordHasher> all() {
        return hashers;
    }

    PasswordHasher first() {
        return hashers.get(0);
    }

    /** {@return the hasher of whose algorithm {@code encoded} claims to be} */
    Optional<PasswordHasher> identify(String encoded) {
        if (!EncodedTexts.isUsable(encoded) || encoded.length() > MAX_ENCODED_LENGTH) {
            return Optional.empty();
        }
        return hashers.stream().filter(hasher -> hasher.identifies(encoded)).findFirst();
    }

    /** {@return the hasher that can verify {@code encoded}; empty too for null} */
    Optional<PasswordHasher> verifierOf(@Nullable String encoded) {
        if (encoded == null) {
            return Optional.empty();
        }
        Optional<PasswordHasher> hasher = identify(encoded);
        if (hasher.isPresent() && !hasher.get().canVerify(encoded)) {
            LOG.debug(
                    "A stored password hash of algorithm '{}' is malformed or asks for too much",
                    hasher.get().algorithm());
            return Optional.empty();
        }
        return hasher;
    }

    /** {@return a hasher that makes hashes like {@code encoded}; empty if new hashes should not look like that} */
    Optional<PasswordHasher> like(@Nullable String encoded) {
        return encoded == null ? Optional.empty() : verifierOf(encoded).flatMap(hasher -> hasher.like(encoded));
    }
}
