package dev.mooring.auth.hashers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.parity.Django;
import dev.mooring.parity.NoDatabase;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Django's tests of each of its algorithms: what a hash looks like, when it is outdated, and how a weaker one is hardened. */
@NoDatabase
class AlgorithmsParityTest {

    private static final byte[] LETMEIN = "lètmein".getBytes(UTF_8);
    private static final String GOOD_SALT = "s".repeat(22);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PasswordHasher pbkdf2 = DjangoHashers.pbkdf2Sha256(10);

    @Test
    @Django("HS-04")
    void hasPbkdf2() {
        PasswordHasher hasher = DjangoHashers.pbkdf2Sha256(600_000);

        assertThat(hasher.encode(LETMEIN, "seasalt"))
                .isEqualTo("pbkdf2_sha256$600000$seasalt$OAXyhAQ/4ZDA9V5RMExt3C1OwQdUpLZ99vm1McFlLRA=");
        assertWeakSalt(pbkdf2);
    }

    @Test
    @Django("HS-05")
    void hasSha1() {
        assertMakes(DjangoHashers.sha1(), "seasalt", "sha1$seasalt$cff36ea83f5706ce9aa7454e63e431fc726b2dc8");
        assertWeakSalt(DjangoHashers.sha1());
    }

    @Test
    @Django("HS-07")
    void hasMd5() {
        assertMakes(DjangoHashers.md5(), "seasalt", "md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3");
        assertWeakSalt(DjangoHashers.md5());
    }

    @Test
    @Django({"HS-08", "HS-09"})
    void hasMd5WithoutASalt() {
        PasswordHasher hasher = DjangoHashers.unsaltedMd5();

        assertMakes(hasher, "", "88a434c88cca4e900f7874cd98123f43");
        assertThat(hasher.verify(LETMEIN, "md5$$88a434c88cca4e900f7874cd98123f43"))
                .isTrue();
        assertThat(PasswordHashers.of(pbkdf2, DjangoHashers.md5(), hasher)
                        .identify("md5$$88a434c88cca4e900f7874cd98123f43"))
                .contains("unsalted_md5");
        assertThatIllegalArgumentException().isThrownBy(() -> hasher.encode(LETMEIN, "salt"));
    }

    @Test
    @Django({"HS-11", "HS-12"})
    void hasSha1WithoutASalt() {
        PasswordHasher hasher = DjangoHashers.unsaltedSha1();

        assertMakes(hasher, "", "sha1$$6d138ca3ae545631b3abd71a4f076ce759c5700b");
        assertThat(PasswordHashers.of(pbkdf2, hasher).identify("6d138ca3ae545631b3abd71a4f076ce759c5700b"))
                .isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> hasher.encode(LETMEIN, "salt"));
    }

    @Test
    @Django({"HS-18", "HS-29"})
    void hasBcryptWithSha256() {
        PasswordHasher hasher = DjangoHashers.bcryptSha256(4);
        byte[] longer = "VSK0UYV6FFQVZ0KG88DYN9WADAADZO1CTSIVDJUNZSUML6IBX7LN7ZS3R5"
                .repeat(2)
                .getBytes(UTF_8);
        byte[] cut = new String(longer, UTF_8).substring(0, 72).getBytes(UTF_8);
        String encoded = hasher.encode(longer, hasher.newSalt(RANDOM));

        assertThat(encoded).startsWith("bcrypt_sha256$$2b$04$");
        assertThat(hasher.verify(longer, encoded)).isTrue();
        assertThat(hasher.verify(cut, encoded)).isFalse();
        assertThat(hasher.mustUpdate(encoded)).isFalse();
    }

    @Test
    @Django({"HS-19", "HS-28"})
    void hasBcrypt() {
        PasswordHasher hasher = DjangoHashers.bcrypt(4);
        String encoded = hasher.encode(LETMEIN, hasher.newSalt(RANDOM));

        assertThat(encoded).startsWith("bcrypt$$2b$04$");
        assertThat(hasher.verify(LETMEIN, encoded)).isTrue();
        assertThat(hasher.verify("lètmeinz".getBytes(UTF_8), encoded)).isFalse();
        assertThat(hasher.mustUpdate(encoded)).isFalse();
    }

    @Test
    @Django(value = "HS-20", better = "Only fewer rounds are made anew: Django makes stronger hashes weaker too")
    void updatesBcrypt() {
        String encoded = PasswordHashers.of(DjangoHashers.bcrypt(5)).encode("lètmein");

        assertThat(PasswordHashers.of(DjangoHashers.bcrypt(5)).check("lètmein", encoded))
                .isEqualTo(PasswordCheck.CORRECT);
        assertThat(PasswordHashers.of(DjangoHashers.bcrypt(6)).check("lètmein", encoded))
                .isEqualTo(PasswordCheck.CORRECT_BUT_OUTDATED);
        assertThat(PasswordHashers.of(DjangoHashers.bcrypt(4)).check("lètmein", encoded))
                .isEqualTo(PasswordCheck.CORRECT);
    }

    @Test
    @Django("HS-21")
    void hardensBcrypt() {
        List<String> work = new ArrayList<>();
        String encoded = DjangoHashers.bcrypt(4).encode(LETMEIN, "abcdefghijklmnopqrstuu");
        BcryptHasher hasher = new BcryptHasher("bcrypt", false, 6, (input, salt, rounds) -> {
            work.add(BcryptBase64.encode(salt) + " " + rounds);
            return new byte[24];
        });

        hasher.harden("wrong_password".getBytes(UTF_8), encoded);

        assertThat(work).hasSize(3).containsOnly("abcdefghijklmnopqrstuu 4");
    }

    @Test
    @Django({"HS-26", "HS-27"})
    void computesPbkdf2() {
        byte[] salt = "seasalt2".getBytes(UTF_8);

        assertThat(Base64.getEncoder().encodeToString(Pbkdf2.derive("SHA-256", LETMEIN, salt, 600_000)))
                .isEqualTo("OSllgFdJjYQjb0RfMzrx8u0XYl4Fkt+wKpI1yq4lZlo=");
        assertThat(Base64.getEncoder().encodeToString(Pbkdf2.derive("SHA-1", LETMEIN, salt, 600_000)))
                .isEqualTo("2CLsaL1MZhq6JOG6QOHtVbiopHE=");
    }

    @Test
    @Django("HS-34")
    void hardensPbkdf2() {
        List<String> work = new ArrayList<>();
        Pbkdf2Hasher hasher = new Pbkdf2Hasher(Pbkdf2Hasher.Kind.SHA256, 6, (digest, password, salt, iterations) -> {
            work.add(new String(password, UTF_8) + " " + new String(salt, UTF_8) + " " + iterations);
            return new byte[32];
        });

        hasher.harden(
                "wrong_password".getBytes(UTF_8), DjangoHashers.pbkdf2Sha256(1).encode(LETMEIN, "seasalt"));

        assertThat(work).containsExactly("wrong_password seasalt 5");
    }

    @Test
    @Django("HS-38")
    void refusesSaltsThatBreakTheFormat() {
        for (PasswordHasher hasher : List.of(
                pbkdf2,
                DjangoHashers.pbkdf2Sha1(10),
                DjangoHashers.argon2(8, 1, 1),
                DjangoHashers.scrypt(2, 8, 1),
                DjangoHashers.md5(),
                DjangoHashers.sha1())) {
            for (String salt : List.of("", "sea$salt")) {
                assertThatIllegalArgumentException().isThrownBy(() -> hasher.encode(LETMEIN, salt));
            }
        }
    }

    @Test
    @Django(
            value = "HS-41",
            differs = "Where the library is missing, `MissingLibraryTest` of the module itself looks at the error")
    void needsNoLibraryForMore() {
        assertThat(Library.require("argon2", () -> new byte[1])).hasSize(1);
        assertThat(catchThrowable(() -> Library.require("argon2", () -> {
                    throw new NoClassDefFoundError("org/bouncycastle/X");
                })))
                .hasMessage(
                        "Password hashes of algorithm 'argon2' need Bouncy Castle, which is not on the class path or"
                                + " the module path; add org.bouncycastle:bcprov-jdk18on");
    }

    @Test
    @Django("HS-49")
    void hasArgon2() {
        PasswordHasher hasher = DjangoHashers.argon2(8, 1, 1);
        String encoded = hasher.encode(LETMEIN, hasher.newSalt(RANDOM));

        assertThat(encoded).startsWith("argon2$argon2id$");
        assertThat(hasher.verify(LETMEIN, encoded)).isTrue();
        assertThat(hasher.verify("lètmeinz".getBytes(UTF_8), encoded)).isFalse();
        assertThat(hasher.mustUpdate(encoded)).isFalse();
        assertThat(hasher.mustUpdate(hasher.encode(LETMEIN, "seasaltseasalt"))).isTrue();
        for (String old : List.of(
                "argon2$argon2i$m=8,t=1,p=1$c29tZXNhbHQ$gwQOXSNhxiOxPOA0+PY10P9QFO4NAYysnqRt1GSQLE55m+2GYDt9FEjPMHhP2Cuf0"
                        + "nOEXXMocVrsJAtNSsKyfg",
                "argon2$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$YC9+jJCrQhs5R6db7LlN8Q")) {
            assertThat(hasher.verify("secret".getBytes(UTF_8), old)).isTrue();
            assertThat(hasher.verify("wrong".getBytes(UTF_8), old)).isFalse();
        }
    }

    @Test
    @Django("HS-50")
    void decodesArgon2() {
        assertThat(Argon2Hasher.decode(
                        "argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdHNlYXNhbHQ$z3f2TNLAyqveIZTVgR9LqA"))
                .isEqualTo(new Argon2Hasher.Parameters("id", 19, 102_400, 2, 8, 16));
    }

    @Test
    @Django(
            value = {"HS-51", "HS-52"},
            better = "Only smaller parameters are made anew, and no other length of the hash")
    void updatesArgon2() {
        String encoded = DjangoHashers.argon2(64, 2, 2).encode(LETMEIN, GOOD_SALT);

        assertThat(DjangoHashers.argon2(64, 2, 2).mustUpdate(encoded)).isFalse();
        assertThat(DjangoHashers.argon2(64, 3, 2).mustUpdate(encoded)).isTrue();
        assertThat(DjangoHashers.argon2(65, 2, 2).mustUpdate(encoded)).isTrue();
        assertThat(DjangoHashers.argon2(64, 2, 3).mustUpdate(encoded)).isTrue();
        assertThat(DjangoHashers.argon2(32, 1, 1).mustUpdate(encoded)).isFalse();
        assertThat(DjangoHashers.argon2(64, 2, 2).mustUpdate(encoded.replace("v=19", "v=16")))
                .isTrue();
    }

    @Test
    @Django("HS-53")
    void hasScrypt() {
        assertMakes(
                DjangoHashers.scrypt(16384, 8, 1),
                "seasalt",
                "scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQw"
                        + "ite/Pw==");
    }

    @Test
    @Django("HS-54")
    void decodesScrypt() {
        assertThat(ScryptHasher.decode("scrypt$16384$seasalt$8$1$hash"))
                .isEqualTo(new ScryptHasher.Parameters(16384, 8, 1));
    }

    @Test
    @Django(value = "HS-55", better = "Only smaller parameters are made anew")
    void updatesScrypt() {
        String encoded = "scrypt$16384$seasalt$8$1$hash";

        assertThat(DjangoHashers.scrypt(16384, 8, 1).mustUpdate(encoded)).isFalse();
        assertThat(DjangoHashers.scrypt(32768, 8, 1).mustUpdate(encoded)).isTrue();
        assertThat(DjangoHashers.scrypt(16384, 9, 1).mustUpdate(encoded)).isTrue();
        assertThat(DjangoHashers.scrypt(16384, 8, 2).mustUpdate(encoded)).isTrue();
        assertThat(DjangoHashers.scrypt(8192, 8, 1).mustUpdate(encoded)).isFalse();
    }

    private static void assertMakes(PasswordHasher hasher, String salt, String encoded) {
        assertThat(hasher.encode(LETMEIN, salt)).isEqualTo(encoded);
        assertThat(hasher.identifies(encoded)).isTrue();
        assertThat(hasher.canVerify(encoded)).isTrue();
        assertThat(hasher.verify(LETMEIN, encoded)).isTrue();
        assertThat(hasher.verify("lètmeinz".getBytes(UTF_8), encoded)).isFalse();
    }

    private static void assertWeakSalt(PasswordHasher hasher) {
        assertThat(hasher.mustUpdate(hasher.encode(LETMEIN, "iodizedsalt"))).isTrue();
        assertThat(hasher.mustUpdate(hasher.encode(LETMEIN, hasher.newSalt(RANDOM))))
                .isFalse();
    }
}
