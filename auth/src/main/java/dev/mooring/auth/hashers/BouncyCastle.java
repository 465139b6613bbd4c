package dev.mooring.auth.hashers;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.BCrypt;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The calls of Bouncy Castle, which is optional: only {@link Library} may be the way here. */
final class BouncyCastle {

    private BouncyCastle() {}

    static byte[] argon2(byte[] password, byte[] salt, Argon2Hasher.Parameters parameters) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(type(parameters.type()))
                .withVersion(parameters.version())
                .withMemoryAsKB(parameters.memory())
                .withIterations(parameters.time())
                .withParallelism(parameters.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[parameters.hashLength()];
        generator.generateBytes(password, hash);
        return hash;
    }

    private static int type(String name) {
        return switch (name) {
            case "i" -> Argon2Parameters.ARGON2_i;
            case "d" -> Argon2Parameters.ARGON2_d;
            default -> Argon2Parameters.ARGON2_id;
        };
    }

    /** Deprecated in favour of one that older versions of the library lack. */
    @SuppressWarnings("deprecation")
    static byte[] bcrypt(byte[] input, byte[] salt, int rounds) {
        return BCrypt.generate(input, salt, rounds);
    }

    static byte[] scrypt(byte[] password, byte[] salt, ScryptHasher.Parameters parameters, int length) {
        return SCrypt.generate(password, salt, parameters.n(), parameters.r(), parameters.p(), length);
    }
}
