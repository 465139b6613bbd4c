package dev.mooring.auth.hashers;

/**
 * The algorithms that Django stores passwords with.
 *
 * <p>Stored hashes are read whatever their parameters, up to a bound: ten million iterations of PBKDF2, 256 MiB of memory and
 * sixteen times Django's work for argon2 and scrypt, 16 rounds of bcrypt; or twice what the hasher itself was made with, if
 * that is more. A hash above it counts as malformed and is logged, so that nobody who can write to the table can make a
 * login take hours.
 *
 * <p>argon2, bcrypt and scrypt need {@code org.bouncycastle:bcprov-jdk18on}, an optional dependency.
 */
public final class DjangoHashers {

    private DjangoHashers() {}

    /**
     * {@return Django's default, PBKDF2 with HMAC-SHA-256 (RFC 8018), stored as {@code pbkdf2_sha256$iterations$salt$base64}}
     *
     * @param iterations of a new hash, between 1 and 100 million
     */
    public static PasswordHasher pbkdf2Sha256(int iterations) {
        return Pbkdf2Hasher.sha256(iterations);
    }

    /** {@return PBKDF2 with HMAC-SHA-1, otherwise as {@link #pbkdf2Sha256}} */
    public static PasswordHasher pbkdf2Sha1(int iterations) {
        return Pbkdf2Hasher.sha1(iterations);
    }

    /** {@return Argon2id with the parameters that Django has had since 3.2: 100 MiB, 2 passes, 8 lanes} */
    public static PasswordHasher argon2() {
        return argon2(Argon2Hasher.DJANGO_MEMORY, Argon2Hasher.DJANGO_TIME, Argon2Hasher.DJANGO_PARALLELISM);
    }

    /**
     * {@return Argon2id (RFC 9106), stored as {@code argon2$argon2id$v=19$m=...,t=...,p=...$salt$hash}}
     *
     * @param memoryKib memory of a new hash in KiB, at least 8 for each lane
     * @param iterations passes over the memory, at least 1
     * @param parallelism lanes, between 1 and 255; computed one after the other
     */
    public static PasswordHasher argon2(int memoryKib, int iterations, int parallelism) {
        return new Argon2Hasher(memoryKib, iterations, parallelism);
    }

    /**
     * {@return bcrypt of the password's SHA-256 in hexadecimal, so that no password is too long for it}
     *
     * @param rounds binary logarithm of the work of a new hash, between 4 and 31; Django's is 12
     */
    public static PasswordHasher bcryptSha256(int rounds) {
        return BcryptHasher.sha256(rounds);
    }

    /** {@return bcrypt, which looks at the first 72 bytes of a password only; otherwise as {@link #bcryptSha256}} */
    public static PasswordHasher bcrypt(int rounds) {
        return BcryptHasher.plain(rounds);
    }

    /**
     * {@return scrypt (RFC 7914), stored as {@code scrypt$N$salt$r$p$base64}}
     *
     * @param workFactor N, a power of two; Django's is 16384
     * @param blockSize r; Django's is 8
     * @param parallelism p; 1 up to Django 5.0, 5 since
     */
    public static PasswordHasher scrypt(int workFactor, int blockSize, int parallelism) {
        return new ScryptHasher(workFactor, blockSize, parallelism);
    }

    /** {@return salted MD5, <strong>which protects nothing</strong>; to read old rows, or for tests} */
    public static PasswordHasher md5() {
        return DigestHasher.salted("md5", "MD5");
    }

    /** {@return salted SHA-1, <strong>which protects nothing</strong>; to read old rows. Django removed it in 5.1} */
    public static PasswordHasher sha1() {
        return DigestHasher.salted("sha1", "SHA-1");
    }

    /** {@return MD5 without a salt: 32 digits alone, or behind {@code md5$$}; to read old rows. Django removed it in 5.1} */
    public static PasswordHasher unsaltedMd5() {
        return new UnsaltedHasher("unsalted_md5", "MD5", "md5$$", true);
    }

    /** {@return SHA-1 without a salt, behind {@code sha1$$}; to read old rows. Django removed it in 5.1} */
    public static PasswordHasher unsaltedSha1() {
        return new UnsaltedHasher("unsalted_sha1", "SHA-1", "sha1$$", false);
    }
}
