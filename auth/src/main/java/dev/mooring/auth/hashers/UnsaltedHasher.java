package dev.mooring.auth.hashers;

import static dev.mooring.auth.hashers.EncodedTexts.digest;

import dev.mooring.auth.codec.ConstantTime;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** A digest of the password alone, of which Django 3.2 to 5.0 can read what much older versions wrote. */
final class UnsaltedHasher implements PasswordHasher {

    private final String algorithm;
    private final String digest;
    private final String prefix;
    private final boolean bare;
    private final Pattern format;

    /**
     * @param prefix what stands in front of the digits
     * @param bare whether the digits may stand alone, and do in a new hash
     */
    UnsaltedHasher(String algorithm, String digest, String prefix, boolean bare) {
        this.algorithm = algorithm;
        this.digest = digest;
        this.prefix = prefix;
        this.bare = bare;
        int digits = 2 * digest(digest).getDigestLength();
        format = Pattern.compile(
                "(?:" + Pattern.quote(prefix) + ")" + (bare ? "?" : "") + "(?<hash>[0-9a-f]{" + digits + "})");
    }

    @Override
    public String algorithm() {
        return algorithm;
    }

    @Override
    public boolean identifies(String encoded) {
        return format.matcher(encoded).matches();
    }

    /** {@return no salt} */
    @Override
    public String newSalt(SecureRandom random) {
        return "";
    }

    @Override
    public String encode(byte[] password, String salt) {
        if (!salt.isEmpty()) {
            throw new IllegalArgumentException("salt must be empty for " + algorithm);
        }
        return (bare ? "" : prefix) + hash(password);
    }

    @Override
    public boolean canVerify(String encoded) {
        return identifies(encoded);
    }

    @Override
    public boolean verify(byte[] password, String encoded) {
        return ConstantTime.equal(EncodedTexts.parts(format, encoded, algorithm).group("hash"), hash(password));
    }

    @Override
    public Optional<PasswordHasher> like(String encoded) {
        return Optional.empty();
    }

    private String hash(byte[] password) {
        return HexFormat.of().formatHex(digest(digest).digest(password));
    }
}
