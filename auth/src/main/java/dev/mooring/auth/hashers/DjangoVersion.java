package dev.mooring.auth.hashers;

import dev.mooring.error.ImproperlyConfiguredException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the versions of Django make new hashes with. */
enum DjangoVersion {
    V3_2(260_000, 0),
    V4_0(320_000, 1),
    V4_1(390_000, 1),
    V4_2(600_000, 1),
    V5_0(720_000, 1),
    V5_1(870_000, 5),
    V5_2(1_000_000, 5),
    V6_0(1_200_000, 5),
    V6_1(1_500_000, 5);

    private static final String MODULE = "django.contrib.auth.hashers.";
    private static final int BCRYPT_ROUNDS = 12;
    private static final int SCRYPT_WORK = 1 << 14;
    private static final int SCRYPT_BLOCK = 8;

    private final int iterations;
    private final int scryptParallelism;

    DjangoVersion(int iterations, int scryptParallelism) {
        this.iterations = iterations;
        this.scryptParallelism = scryptParallelism;
    }

    /** @throws ImproperlyConfiguredException if there is no such version */
    static DjangoVersion of(String text) {
        return Arrays.stream(values())
                .filter(version -> version.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ImproperlyConfiguredException("djangoVersion is '" + text
                        + "'; it must be one of "
                        + Arrays.stream(values()).map(DjangoVersion::text).collect(Collectors.joining(", "))));
    }

    private String text() {
        return name().substring(1).replace('_', '.');
    }

    /** {@return Django's {@code PASSWORD_HASHERS} unless it is set, in its order} */
    List<PasswordHasher> hashers() {
        List<PasswordHasher> hashers = new ArrayList<>(List.of(
                DjangoHashers.pbkdf2Sha256(iterations),
                DjangoHashers.pbkdf2Sha1(iterations),
                DjangoHashers.argon2(),
                DjangoHashers.bcryptSha256(BCRYPT_ROUNDS)));
        if (scryptParallelism > 0) {
            hashers.add(DjangoHashers.scrypt(SCRYPT_WORK, SCRYPT_BLOCK, scryptParallelism));
        }
        return hashers;
    }

    /**
     * {@return the hasher with that dotted path, or name alone, with the parameters of this version}
     *
     * @throws ImproperlyConfiguredException if Django has none, or it is not supported
     */
    PasswordHasher hasher(String path) {
        return switch (path.startsWith(MODULE) ? path.substring(MODULE.length()) : path) {
            case "PBKDF2PasswordHasher" -> DjangoHashers.pbkdf2Sha256(iterations);
            case "PBKDF2SHA1PasswordHasher" -> DjangoHashers.pbkdf2Sha1(iterations);
            case "Argon2PasswordHasher" -> DjangoHashers.argon2();
            case "BCryptSHA256PasswordHasher" -> DjangoHashers.bcryptSha256(BCRYPT_ROUNDS);
            case "BCryptPasswordHasher" -> DjangoHashers.bcrypt(BCRYPT_ROUNDS);
            case "ScryptPasswordHasher" ->
                DjangoHashers.scrypt(SCRYPT_WORK, SCRYPT_BLOCK, Math.max(1, scryptParallelism));
            case "SHA1PasswordHasher" -> DjangoHashers.sha1();
            case "MD5PasswordHasher" -> DjangoHashers.md5();
            case "UnsaltedSHA1PasswordHasher" -> DjangoHashers.unsaltedSha1();
            case "UnsaltedMD5PasswordHasher" -> DjangoHashers.unsaltedMd5();
            default ->
                throw new ImproperlyConfiguredException("There is no password hasher '" + path
                        + "'; use one of django.contrib.auth.hashers, or PasswordHashers.of with a hasher of your own");
        };
    }

    /** {@return every strong algorithm, whichever of them is configured in Django} */
    List<PasswordHasher> strongHashers() {
        List<PasswordHasher> hashers = hashers();
        hashers.add(DjangoHashers.bcrypt(BCRYPT_ROUNDS));
        return hashers;
    }
}
