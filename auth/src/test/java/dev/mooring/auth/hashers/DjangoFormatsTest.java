package dev.mooring.auth.hashers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.error.ImproperlyConfiguredException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Every format in which Django stores passwords")
class DjangoFormatsTest {

    private static final String ARGON2 =
            "argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdHNlYXNhbHQ$z3f2TNLAyqveIZTVgR9LqA";

    /** Cheap ones, so that only the stored parameters decide about the work. */
    private final PasswordHashers all = PasswordHashers.of(
            DjangoHashers.pbkdf2Sha256(1),
            DjangoHashers.pbkdf2Sha1(1),
            DjangoHashers.argon2(8, 1, 1),
            DjangoHashers.bcryptSha256(4),
            DjangoHashers.bcrypt(4),
            DjangoHashers.scrypt(2, 8, 1),
            DjangoHashers.md5(),
            DjangoHashers.sha1(),
            DjangoHashers.unsaltedMd5(),
            DjangoHashers.unsaltedSha1());

    @Test
    @DisplayName("A locale with digits of its own changes nothing of what is stored")
    void writesAsciiDigits() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try {
            assertThat(DjangoHashers.bcrypt(4).encode("correct horse".getBytes(UTF_8), "abcdefghijklmnopqrstuu"))
                    .startsWith("bcrypt$$2b$04$");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ~ ",
            value = {
                "pbkdf2_sha256 ~ correct horse ~"
                        + " pbkdf2_sha256$1000$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
                "pbkdf2_sha1 ~ correct horse ~ pbkdf2_sha1$1000$seasalt$iQvkNOF1wEL4Khh8eogJ8rUhipM=",
                "argon2 ~ correct horse ~ " + ARGON2,
                "argon2 ~ secret ~ argon2$argon2i$m=8,t=1,p=1$c29tZXNhbHQ$gwQOXSNhxiOxPOA0+PY10P9QFO4NAYysnqRt1GSQLE55m"
                        + "+2GYDt9FEjPMHhP2Cuf0nOEXXMocVrsJAtNSsKyfg",
                "argon2 ~ secret ~ argon2$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$YC9+jJCrQhs5R6db7LlN8Q",
                "bcrypt_sha256 ~ correct horse ~"
                        + " bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuuIvyWZlBcE3WoQXKqRnwrLYJ6nenE0Bq",
                "bcrypt ~ correct horse ~ bcrypt$$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "scrypt ~ correct horse ~"
                        + " scrypt$16384$seasalt$8$1$WHJS3/wrzhi2rYiZ44/lAqpycQxKRPVfHXMQFxWIaII7u1p+2cO61B"
                        + "97UL7OFL5ZSWsnhfwdgsItJJ6HcrHG4Q==",
                "scrypt ~ correct horse ~"
                        + " scrypt$16384$seasalt$8$5$nXachnDoZ26UFUF1o3PD3FjYfKq/mD4nZm22d5L0rp+Bi3DZTjkayk"
                        + "+fTW77FlT+2IelThLoihBYgWjZHfwh3Q==",
                "md5 ~ correct horse ~ md5$seasalt$b614725f4cc025a51ab6a354d12890ab",
                "md5 ~ lètmein ~ md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3",
                "sha1 ~ lètmein ~ sha1$seasalt$cff36ea83f5706ce9aa7454e63e431fc726b2dc8",
                "unsalted_md5 ~ lètmein ~ 88a434c88cca4e900f7874cd98123f43",
                "unsalted_md5 ~ lètmein ~ md5$$88a434c88cca4e900f7874cd98123f43",
                "unsalted_sha1 ~ lètmein ~ sha1$$6d138ca3ae545631b3abd71a4f076ce759c5700b",
            })
    @DisplayName("is identified and accepts the right password only")
    void isRead(String algorithm, String password, String encoded) {
        assertThat(all.identify(encoded)).contains(algorithm);
        assertThat(all.check(password, encoded).isCorrect()).isTrue();
        assertThat(all.check(password + "x", encoded).isCorrect()).isFalse();
        assertThat(all.check("", encoded).isCorrect()).isFalse();
        assertThat(all.check(null, encoded).isCorrect()).isFalse();
    }

    @Test
    @DisplayName("is written as Django writes it")
    void isWritten() {
        byte[] password = "correct horse".getBytes(UTF_8);

        assertThat(DjangoHashers.pbkdf2Sha1(1000).encode(password, "seasalt"))
                .isEqualTo("pbkdf2_sha1$1000$seasalt$iQvkNOF1wEL4Khh8eogJ8rUhipM=");
        assertThat(DjangoHashers.argon2().encode(password, "seasaltseasalt"))
                .matches("argon2\\$argon2id\\$v=19\\$m=102400,t=2,p=8\\$c2Vhc2FsdHNlYXNhbHQ\\$[A-Za-z0-9+/]{43}");
        assertThat(DjangoHashers.argon2().like(ARGON2).orElseThrow().encode(password, "seasaltseasalt"))
                .isEqualTo(ARGON2);
        assertThat(DjangoHashers.bcryptSha256(4).encode(password, "abcdefghijklmnopqrstuu"))
                .isEqualTo("bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuuIvyWZlBcE3WoQXKqRnwrLYJ6nenE0Bq");
        assertThat(DjangoHashers.bcrypt(4).encode(password, "abcdefghijklmnopqrstuu"))
                .isEqualTo("bcrypt$$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e");
        assertThat(DjangoHashers.scrypt(16384, 8, 1).encode("lètmein".getBytes(UTF_8), "seasalt"))
                .isEqualTo(
                        "scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkd"
                                + "VCBhhY8mx7rQwite/Pw==");
        assertThat(DjangoHashers.unsaltedMd5().encode("lètmein".getBytes(UTF_8), ""))
                .isEqualTo("88a434c88cca4e900f7874cd98123f43");
        assertThat(DjangoHashers.unsaltedSha1().encode("lètmein".getBytes(UTF_8), ""))
                .isEqualTo("sha1$$6d138ca3ae545631b3abd71a4f076ce759c5700b");
    }

    @Test
    @DisplayName("fits into Django's column of 128 characters and is verified again")
    void fitsTheColumn() {
        SecureRandom random = new SecureRandom();
        for (PasswordHasher hasher : List.of(
                DjangoHashers.pbkdf2Sha256(100_000_000),
                DjangoHashers.argon2(),
                DjangoHashers.bcryptSha256(12),
                DjangoHashers.scrypt(16384, 8, 5))) {
            PasswordHasher cheap = hasher.algorithm().startsWith("pbkdf2") ? DjangoHashers.pbkdf2Sha256(10) : hasher;
            String encoded = cheap.encode("correct horse".getBytes(UTF_8), cheap.newSalt(random));

            assertThat(encoded).hasSizeLessThanOrEqualTo(128);
            assertThat(cheap.canVerify(encoded)).isTrue();
            assertThat(cheap.mustUpdate(encoded)).isFalse();
            assertThat(cheap.verify("correct horse".getBytes(UTF_8), encoded)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "argon2$argon2id$v=19$m=2097152,t=2,p=8$c2Vhc2FsdHNlYXNhbHQ$z3f2TNLAyqveIZTVgR9LqA",
                "argon2$argon2id$v=19$m=102400,t=999999999,p=8$c2Vhc2FsdHNlYXNhbHQ$z3f2TNLAyqveIZTVgR9LqA",
                "argon2$argon2id$v=19$m=8,t=1,p=999$c2Vhc2FsdHNlYXNhbHQ$z3f2TNLAyqveIZTVgR9LqA",
                "argon2$argon2id$v=19$m=8,t=1,p=2$c2Vhc2FsdHNlYXNhbHQ$z3f2TNLAyqveIZTVgR9LqA",
                "argon2$argon2id$v=20$m=8,t=1,p=1$c2Vhc2FsdHNlYXNhbHQ$z3f2TNLAyqveIZTVgR9LqA",
                "argon2$argon2id$v=19$m=8,t=1,p=1$c2Vhc2FsdHNlYXNhbHQ$z3f2TNLAyqveIZTVgR9LqB",
                "bcrypt$$2b$31$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "bcrypt$$2b$32$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "bcrypt$$2x$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "bcrypt$$2b$04$abcdefghijklmnopqrstuvjydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "scrypt$1073741824$seasalt$8$1$aaaa",
                "scrypt$16384$seasalt$8$99999$aaaa",
                "scrypt$16384$seasalt$999999999$999999999$aaaa",
                "scrypt$16383$seasalt$8$1$aaaa",
                "scrypt$1$seasalt$8$1$aaaa",
                "scrypt$65536$seasalt$1$1$aaaa",
                "scrypt$0$seasalt$8$1$aaaa",
                "sha1$$6d138ca3ae545631b3abd71a4f076ce759c5700",
                "6d138ca3ae545631b3abd71a4f076ce759c5700b",
                "md5$seasalt$B614725F4CC025A51AB6A354D12890AB",
            })
    @DisplayName("is not computed where it is malformed or asks for too much")
    void isBounded(String encoded) {
        for (PasswordHasher hasher : List.of(
                DjangoHashers.argon2(),
                DjangoHashers.bcrypt(12),
                DjangoHashers.scrypt(16384, 8, 5),
                DjangoHashers.md5(),
                DjangoHashers.sha1(),
                DjangoHashers.unsaltedSha1())) {
            assertThat(hasher.canVerify(encoded)).isFalse();
        }
    }

    @Test
    @DisplayName("asks for an update if a parameter is smaller, and never if it is larger")
    void updates() {
        assertThat(DjangoHashers.argon2(102_400, 2, 8).mustUpdate(argon2(102_400, 2, 8, 30)))
                .isFalse();
        assertThat(DjangoHashers.argon2(102_400, 2, 8).mustUpdate(argon2(204_800, 3, 9, 30)))
                .isFalse();
        assertThat(DjangoHashers.argon2(102_400, 2, 8).mustUpdate(argon2(102_400, 2, 8, 14)))
                .isTrue();
        assertThat(DjangoHashers.argon2(102_400, 2, 8).mustUpdate(argon2(102_399, 2, 8, 30)))
                .isTrue();
        assertThat(DjangoHashers.argon2(102_400, 2, 8).mustUpdate(argon2(102_400, 1, 8, 30)))
                .isTrue();
        assertThat(DjangoHashers.argon2(102_400, 2, 8).mustUpdate(argon2(102_400, 2, 7, 30)))
                .isTrue();
        assertThat(DjangoHashers.argon2(102_400, 2, 8)
                        .mustUpdate(argon2(102_400, 2, 8, 30).replace("2id", "2i")))
                .isTrue();
        assertThat(DjangoHashers.bcrypt(5)
                        .mustUpdate("bcrypt$$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"))
                .isTrue();
        assertThat(DjangoHashers.bcrypt(4)
                        .mustUpdate("bcrypt$$2b$05$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"))
                .isFalse();
        assertThat(DjangoHashers.scrypt(16384, 8, 5).mustUpdate("scrypt$16384$s$8$1$x"))
                .isTrue();
        assertThat(DjangoHashers.scrypt(16384, 8, 1).mustUpdate("scrypt$16384$s$8$5$x"))
                .isFalse();
        assertThat(DjangoHashers.scrypt(16384, 8, 1).mustUpdate("scrypt$8192$s$8$1$x"))
                .isTrue();
        assertThat(DjangoHashers.scrypt(16384, 8, 1).mustUpdate("scrypt$16384$s$4$1$x"))
                .isTrue();
    }

    private static String argon2(int memory, int time, int lanes, int saltCharacters) {
        return "argon2$argon2id$v=19$m=" + memory + ",t=" + time + ",p=" + lanes + "$" + "A".repeat(saltCharacters)
                + "$z3f2TNLAyqveIZTVgR9LqA";
    }

    @Test
    @DisplayName("of bcrypt ends at 72 bytes, unless SHA-256 comes first")
    void bcryptEnds() {
        String long1 = "x".repeat(72) + "a";
        String long2 = "x".repeat(72) + "b";
        PasswordHashers plain = PasswordHashers.of(DjangoHashers.bcrypt(4));
        PasswordHashers sha256 = PasswordHashers.of(DjangoHashers.bcryptSha256(4));

        assertThat(plain.check(long2, plain.encode(long1)).isCorrect()).isTrue();
        assertThat(plain.check("x".repeat(71), plain.encode(long1)).isCorrect()).isFalse();
        assertThat(sha256.check(long2, sha256.encode(long1)).isCorrect()).isFalse();
        assertThat(sha256.check(long1, sha256.encode(long1)).isCorrect()).isTrue();
    }

    @Test
    @DisplayName("has salts of its own kind")
    void refusesOtherSalts() {
        for (PasswordHasher hasher : List.of(
                DjangoHashers.argon2(8, 1, 1),
                DjangoHashers.bcrypt(4),
                DjangoHashers.scrypt(2, 8, 1),
                DjangoHashers.md5(),
                DjangoHashers.sha1())) {
            for (String salt : List.of("", "sea$salt")) {
                assertThatIllegalArgumentException().isThrownBy(() -> hasher.encode(new byte[0], salt));
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DjangoHashers.argon2(8, 1, 1).encode(new byte[0], "1234567"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DjangoHashers.bcrypt(4).encode(new byte[0], "seasalt"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DjangoHashers.unsaltedMd5().encode(new byte[0], "s"));
        assertThatIllegalArgumentException().isThrownBy(() -> DjangoHashers.argon2(7, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> DjangoHashers.bcrypt(3));
        assertThatIllegalArgumentException().isThrownBy(() -> DjangoHashers.scrypt(3, 8, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "3.2, 260000",
        "4.0, 320000",
        "4.1, 390000",
        "4.2, 600000",
        "5.0, 720000",
        "5.1, 870000",
        "5.2, 1000000",
        "6.0, 1200000",
        "6.1, 1500000"
    })
    @DisplayName("has the parameters of the version of Django that is set")
    void followsTheVersion(String version, int iterations) {
        PasswordHashers hashers = PasswordHashers.forDjango(version);
        String current = "pbkdf2_sha256$" + iterations + "$" + "s".repeat(22) + "$hash";
        String weaker = "pbkdf2_sha256$" + (iterations - 1) + "$" + "s".repeat(22) + "$hash";
        boolean scrypt = !version.equals("3.2");

        assertThat(hashers.mustUpdate(current)).isFalse();
        assertThat(hashers.mustUpdate(weaker)).isTrue();
        assertThat(hashers.mustUpdate(ARGON2)).isTrue();
        assertThat(hashers.identify("scrypt$16384$s$8$1$x").isPresent()).isEqualTo(scrypt);
        assertThat(hashers.identify("bcrypt$$2b$12$x")).isEmpty();
        assertThat(hashers.identify("md5$salt$x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5.3", "5.2.1", "latest", "V5_2", "5_2"})
    @DisplayName("has no version but Django's")
    void refusesOtherVersions(String version) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> PasswordHashers.forDjango(version))
                .withMessage("djangoVersion is '" + version
                        + "'; it must be one of 3.2, 4.0, 4.1, 4.2, 5.0, 5.1, 5.2, 6.0, 6.1");
    }
}
