package dev.mooring.auth;

import static dev.mooring.auth.EncodedTexts.requireSalt;
import static dev.mooring.auth.EncodedTexts.same;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Django's hasher for tests, {@code md5$salt$hex}; only {@link PasswordHashers#insecureForExperiments()} makes one. */
final class Md5Hasher implements PasswordHasher {

    private static final String ALGORITHM = "md5";
    private static final Pattern FORMAT = Pattern.compile(ALGORITHM + "\\$([^$]+)\\$[0-9a-f]{32}");

    @Override
    public String algorithm() {
        return ALGORITHM;
    }

    @Override
    public String encode(byte[] password, String salt) {
        MessageDigest md5 = md5();
        md5.update(requireSalt(salt).getBytes(StandardCharsets.UTF_8));
        return ALGORITHM + "$" + salt + "$" + HexFormat.of().formatHex(md5.digest(password));
    }

    @Override
    public boolean canVerify(String encoded) {
        return FORMAT.matcher(encoded).matches();
    }

    @Override
    public boolean verify(byte[] password, String encoded) {
        return same(encoded, encode(password, salt(encoded)));
    }

    @Override
    public boolean mustUpdate(String encoded) {
        return salt(encoded).length() < RandomText.SALT_LENGTH;
    }

    private static String salt(String encoded) {
        Matcher parts = FORMAT.matcher(encoded);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a hash of " + ALGORITHM);
        }
        return parts.group(1);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is missing from this Java runtime", e);
        }
    }
}
