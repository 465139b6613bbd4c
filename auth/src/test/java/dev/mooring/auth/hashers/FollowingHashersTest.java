package dev.mooring.auth.hashers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Without a djangoVersion")
class FollowingHashersTest {

    private final PasswordHashers hashers = PasswordHashers.defaults();
    private final String cheap =
            PasswordHashers.of(DjangoHashers.pbkdf2Sha256(7)).encode("correct horse");

    @Test
    @DisplayName("a new hash has algorithm and parameters of the user's old one")
    void followsTheOldHash() {
        hashers.learn(PasswordHashers.of(DjangoHashers.pbkdf2Sha256(50)).encode("x"));

        assertThat(hashers.encode("battery staple", cheap)).startsWith("pbkdf2_sha256$7$");
        assertThat(hashers.encode(
                        "x", PasswordHashers.of(DjangoHashers.pbkdf2Sha1(9)).encode("y")))
                .startsWith("pbkdf2_sha1$9$");
        assertThat(hashers.encode(
                        "x", PasswordHashers.of(DjangoHashers.argon2(16, 1, 2)).encode("y")))
                .startsWith("argon2$argon2id$v=19$m=16,t=1,p=2$");
        assertThat(hashers.encode(
                        "x",
                        "argon2$argon2i$m=8,t=1,p=1$c29tZXNhbHQ$gwQOXSNhxiOxPOA0+PY10P9QFO4NAYysnqRt1GSQLE"
                                + "55m+2GYDt9FEjPMHhP2Cuf0nOEXXMocVrsJAtNSsKyfg"))
                .startsWith("argon2$argon2id$v=19$m=8,t=1,p=1$");
        assertThat(hashers.encode(
                        "x", PasswordHashers.of(DjangoHashers.bcrypt(4)).encode("y")))
                .startsWith("bcrypt$$2b$04$");
        assertThat(hashers.encode(
                        "x", PasswordHashers.of(DjangoHashers.bcryptSha256(5)).encode("y")))
                .startsWith("bcrypt_sha256$$2b$05$");
        assertThat(hashers.encode(
                        "x", PasswordHashers.of(DjangoHashers.scrypt(4, 8, 3)).encode("y")))
                .matches("scrypt\\$4\\$[^$]+\\$8\\$3\\$.*");
    }

    @Test
    @DisplayName("and else of the newest row, and else of Django 5.2")
    void followsTheNewestRow() {
        assertThat(hashers.isWaitingForExample()).isTrue();

        hashers.learn(null);
        assertThat(hashers.isWaitingForExample()).isFalse();
        assertThat(hashers.encode("x")).startsWith("pbkdf2_sha256$1000000$");

        hashers.learn(cheap);
        assertThat(hashers.encode("x")).startsWith("pbkdf2_sha256$7$");
        assertThat(hashers.encode("x", hashers.encode(null))).startsWith("pbkdf2_sha256$7$");
        assertThat(hashers.encode("x", "nonsense")).startsWith("pbkdf2_sha256$7$");
        assertThat(hashers.encode("x", "pbkdf2_sha256$99999999$s$x")).startsWith("pbkdf2_sha256$7$");
    }

    @Test
    @DisplayName("no hash of a known algorithm is ever replaced")
    void replacesNothing() {
        hashers.learn(PasswordHashers.of(DjangoHashers.pbkdf2Sha256(50)).encode("x"));
        for (PasswordHasher other : new PasswordHasher[] {
            DjangoHashers.pbkdf2Sha256(7),
            DjangoHashers.pbkdf2Sha256(70),
            DjangoHashers.pbkdf2Sha1(7),
            DjangoHashers.argon2(8, 1, 1),
            DjangoHashers.bcrypt(4),
            DjangoHashers.bcryptSha256(4),
            DjangoHashers.scrypt(2, 8, 1)
        }) {
            String encoded = PasswordHashers.of(other).encode("correct horse");

            assertThat(hashers.check("correct horse", encoded)).isEqualTo(PasswordCheck.CORRECT);
            assertThat(hashers.check("wrong", encoded)).isEqualTo(PasswordCheck.WRONG);
            assertThat(hashers.mustUpdate(encoded)).isFalse();
        }
    }

    @Test
    @DisplayName("a new hash never follows MD5 or SHA-1, which are still not replaced")
    void followsNoWeakAlgorithm() {
        PasswordHashers reading = PasswordHashers.defaults()
                .alsoReading(DjangoHashers.md5(), DjangoHashers.sha1(), DjangoHashers.unsaltedMd5());
        String md5 = "md5$seasalt$b614725f4cc025a51ab6a354d12890ab";
        reading.learn(cheap);

        assertThat(reading.check("correct horse", md5)).isEqualTo(PasswordCheck.CORRECT);
        assertThat(reading.encode("x", md5)).startsWith("pbkdf2_sha256$7$");
    }

    @Test
    @DisplayName("a user who does not exist costs what the strongest hash of the newest algorithm costs")
    void learnsFromEachLogin() {
        hashers.learn(cheap);
        String stronger = PasswordHashers.of(DjangoHashers.pbkdf2Sha256(70)).encode("correct horse");

        hashers.check("wrong", stronger);
        assertThat(hashers.encode("x")).startsWith("pbkdf2_sha256$70$");
        hashers.check("wrong", cheap);
        assertThat(hashers.encode("x")).startsWith("pbkdf2_sha256$70$");
        hashers.check("wrong", PasswordHashers.of(DjangoHashers.pbkdf2Sha1(100)).encode("correct horse"));
        assertThat(hashers.encode("x")).startsWith("pbkdf2_sha256$70$");
    }

    @Test
    @DisplayName("the hasher of the example stays the same one while logins meet nothing stronger")
    void keepsItsHasher() {
        HasherList list = new HasherList(DjangoVersion.V5_2.strongHashers());
        HashExample example = new HashExample(list);
        example.learn(null);
        assertThat(example.hasher()).isSameAs(list.first());

        example.learn(cheap);
        PasswordHasher first = example.hasher();
        example.learn(PasswordHashers.of(DjangoHashers.pbkdf2Sha256(7)).encode("battery staple"));
        example.learn(PasswordHashers.of(DjangoHashers.pbkdf2Sha256(6)).encode("x"));
        assertThat(example.hasher()).isSameAs(first);

        example.learn(PasswordHashers.of(DjangoHashers.pbkdf2Sha256(8)).encode("x"));
        assertThat(example.hasher()).isNotSameAs(first);
    }
}
