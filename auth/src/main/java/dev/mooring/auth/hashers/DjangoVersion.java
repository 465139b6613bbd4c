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

    /** {@return every strong algorithm, whichever of them is configured in Django} */
    List<PasswordHasher> strongHashers() {
        List<PasswordHasher> hashers = hashers();
        hashers.add(DjangoHashers.bcrypt(BCRYPT_ROUNDS));
        return hashers;
    }
}
