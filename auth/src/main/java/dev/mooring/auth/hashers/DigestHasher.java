package dev.mooring.auth.hashers;

import static dev.mooring.auth.hashers.EncodedTexts.digest;
import static dev.mooring.auth.hashers.EncodedTexts.requireSalt;

import dev.mooring.auth.codec.ConstantTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** One digest of salt and password, stored as {@code md5$salt$hex}: for tests and for rows of long ago. */
final class DigestHasher implements PasswordHasher {

    private final String algorithm;
    private final String digest;
    private final Pattern format;

    private DigestHasher(String algorithm, String digest, int digits) {
        this.algorithm = algorithm;
        this.digest = digest;
        this.format = Pattern.compile(algorithm + "\\$(?<salt>[^$]+)\\$[0-9a-f]{" + digits + "}");
    }

    static DigestHasher salted(String algorithm, String digest) {
        return new DigestHasher(algorithm, digest, 2 * digest(digest).getDigestLength());
    }

    @Override
    public String algorithm() {
        return algorithm;
    }

    /** Two dollars stand in front of a hash without a salt, which is of another algorithm. */
    @Override
    public boolean identifies(String encoded) {
        return encoded.startsWith(algorithm + "$") && !encoded.startsWith(algorithm + "$$");
    }

    @Override
    public String encode(byte[] password, String salt) {
        MessageDigest hash = digest(digest);
        hash.update(requireSalt(salt).getBytes(StandardCharsets.UTF_8));
        return algorithm + "$" + salt + "$" + HexFormat.of().formatHex(hash.digest(password));
    }

    @Override
    public boolean canVerify(String encoded) {
        return format.matcher(encoded).matches();
    }

    @Override
    public boolean verify(byte[] password, String encoded) {
        return ConstantTime.equal(encoded, encode(password, salt(encoded)));
    }

    @Override
    public boolean mustUpdate(String encoded) {
        return salt(encoded).length() < EncodedTexts.SALT_LENGTH;
    }

    @Override
    public Optional<PasswordHasher> like(String encoded) {
        return Optional.empty();
    }

    private String salt(String encoded) {
        return EncodedTexts.parts(format, encoded, algorithm).group("salt");
    }
}
