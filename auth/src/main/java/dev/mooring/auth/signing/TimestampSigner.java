package dev.mooring.auth.signing;

import static dev.mooring.auth.signing.Signer.SEPARATOR;
import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A {@link Signer} that also notes when, and can refuse what was signed too long ago: Django's {@code TimestampSigner}.
 *
 * <p>Safe for use by several threads.
 */
public final class TimestampSigner {

    private final Signer signer;
    private final InstantSource clock;

    private TimestampSigner(Signer signer, InstantSource clock) {
        this.signer = requireNonNull(signer, "signer");
        this.clock = requireNonNull(clock, "clock");
    }

    /** {@return a signer that reads the system's clock; see {@link Signer#of}} */
    public static TimestampSigner of(SecretKeys keys, String salt) {
        return of(Signer.of(keys, salt), Clock.systemUTC());
    }

    /** {@return one that signs with {@code signer} and asks {@code clock} what time it is} */
    public static TimestampSigner of(Signer signer, InstantSource clock) {
        return new TimestampSigner(signer, clock);
    }

    /** {@return {@code value}, {@code :}, the second in base 62, {@code :} and the signature} */
    public String sign(String value) {
        return signer.sign(value + SEPARATOR + Base62.encode(clock.instant().getEpochSecond()));
    }

    /**
     * {@return the text that was signed, whenever that was}
     *
     * @throws BadSignatureException if no key of ours signed it
     */
    public String unsign(String signed) {
        return value(signer.unsign(signed));
    }

    /**
     * {@return the text that was signed}
     *
     * @throws SignatureExpiredException if that was longer than {@code maxAge} ago
     * @throws BadSignatureException if no key of ours signed it
     */
    public String unsign(String signed, Duration maxAge) {
        String stamped = signer.unsign(signed);
        String value = value(stamped);
        long second = Base62.decode(stamped.substring(value.length() + 1));
        Duration age = Duration.between(Instant.ofEpochSecond(second), clock.instant());
        if (age.compareTo(maxAge) > 0) {
            throw new SignatureExpiredException("The text was signed " + age.toSeconds() + " seconds ago, and at most "
                    + maxAge.toSeconds() + " are allowed");
        }
        return value;
    }

    private static String value(String stamped) {
        int separator = stamped.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            throw new BadSignatureException("The text was signed without a time");
        }
        return stamped.substring(0, separator);
    }
}
