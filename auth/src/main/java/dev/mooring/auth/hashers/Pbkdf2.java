package dev.mooring.auth.hashers;

import java.security.DigestException;
import java.security.MessageDigest;

/**
 * One block of PBKDF2 with HMAC (RFC 8018, section 5.2, and RFC 2104).
 *
 * <p>The digests of the two padded keys are computed once and cloned for each iteration, which then takes two compressions
 * of the hash. The JDK's {@code Mac} computes both anew each time; its {@code SecretKeyFactory} does the same and takes
 * characters where Django takes bytes. The digests themselves are the JDK's, which uses the processor's instructions for
 * them (ADR 37 has the measurements).
 */
final class Pbkdf2 {

    private static final int BLOCK = 64;
    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    private Pbkdf2() {}

    /** {@return as many bytes as the digest has} */
    static byte[] derive(String digest, byte[] password, byte[] salt, int iterations) {
        try {
            byte[] key = password.length > BLOCK ? EncodedTexts.digest(digest).digest(password) : password;
            MessageDigest inner = padded(digest, key, 0x36);
            MessageDigest outer = padded(digest, key, 0x5c);
            int length = inner.getDigestLength();
            byte[] round = new byte[length];
            MessageDigest first = (MessageDigest) inner.clone();
            first.update(salt);
            first.update(FIRST_BLOCK);
            first.digest(round, 0, length);
            hash(outer, round, length);
            byte[] block = round.clone();
            for (int i = 1; i < iterations; i++) {
                hash(inner, round, length);
                hash(outer, round, length);
                for (int j = 0; j < length; j++) {
                    block[j] ^= round[j];
                }
            }
            return block;
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException("The provider's " + digest + " cannot be cloned; use that of the JDK", e);
        }
    }

    private static void hash(MessageDigest start, byte[] round, int length)
            throws CloneNotSupportedException, DigestException {
        MessageDigest digest = (MessageDigest) start.clone();
        digest.update(round, 0, length);
        digest.digest(round, 0, length);
    }

    private static MessageDigest padded(String digest, byte[] key, int pad) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(key, 0, block, 0, key.length);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        MessageDigest start = EncodedTexts.digest(digest);
        start.update(block);
        return start;
    }
}
