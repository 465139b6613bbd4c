package dev.mooring.auth.signing;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.codec.CodecException;
import dev.mooring.auth.codec.ConstantTime;
import dev.mooring.auth.codec.Hmac;
import dev.mooring.auth.codec.Hmac.Algorithm;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Appends a signature to texts and takes it off again: Django's {@code Signer}, with HMAC-SHA256 and {@code :} as separator.
 *
 * <pre>{@code
 * Signer signer = Signer.of(keys, "newsletter");
 * String link = signer.sign("alice@example.com");
 * String address = signer.unsign(link);
 * }</pre>
 *
 * <p>The text itself stays readable. Safe for use by several threads.
 */
public final class Signer {

    static final char SEPARATOR = ':';

    private static final String KEY_SUFFIX = "signer";

    private final List<Hmac> hmacs;

    private Signer(List<Hmac> hmacs) {
        this.hmacs = hmacs;
    }

    /**
     * {@return a signer}
     *
     * @param salt what the signatures are for: those made for one purpose are worth nothing for another
     */
    public static Signer of(SecretKeys keys, String salt) {
        return new Signer(hmacs(Algorithm.SHA256, keys, salt));
    }

    /** {@return one that signs as {@link #of} does and also accepts SHA-1, with which Django signed before 3.1} */
    public static Signer acceptingSha1(SecretKeys keys, String salt) {
        List<Hmac> hmacs = hmacs(Algorithm.SHA256, keys, salt);
        hmacs.addAll(hmacs(Algorithm.SHA1, keys, salt));
        return new Signer(hmacs);
    }

    private static List<Hmac> hmacs(Algorithm algorithm, SecretKeys keys, String salt) {
        requireNonNull(salt, "salt");
        List<Hmac> hmacs = new ArrayList<>();
        keys.all().forEach(key -> hmacs.add(Hmac.salted(algorithm, salt + KEY_SUFFIX, key.reveal())));
        return hmacs;
    }

    /**
     * {@return {@code value}, {@code :} and the signature}
     *
     * @throws IllegalArgumentException if {@code value} holds half of a surrogate pair
     */
    public String sign(String value) {
        try {
            return value + SEPARATOR + signature(hmacs.get(0), value);
        } catch (CodecException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * {@return the text that was signed}
     *
     * @throws BadSignatureException if no key of ours signed it
     */
    public String unsign(String signed) {
        int separator = signed.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            throw new BadSignatureException("The text is not signed: it has no '" + SEPARATOR + "'");
        }
        String value = signed.substring(0, separator);
        String signature = signed.substring(separator + 1);
        if (isSignature(signature, value)) {
            return value;
        }
        throw new BadSignatureException("The signature does not match: the text was changed, or signed with another"
                + " secret key or for another purpose");
    }

    private boolean isSignature(String signature, String value) {
        try {
            return hmacs.stream().anyMatch(hmac -> ConstantTime.equal(signature(hmac, value), signature));
        } catch (CodecException e) {
            return false;
        }
    }

    private static String signature(Hmac hmac, String value) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac.of(value));
    }
}
