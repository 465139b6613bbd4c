package dev.mooring.auth.hashers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.parity.Django;
import dev.mooring.parity.NoDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Django's tests of {@code make_password}, {@code check_password} and what belongs to them, whatever the algorithm. */
@NoDatabase
class HashersParityTest {

    private static final byte[] LETMEIN = "lètmein".getBytes(UTF_8);
    private static final String GOOD_SALT = "s".repeat(22);

    private final PasswordHasher pbkdf2 = DjangoHashers.pbkdf2Sha256(10);

    @Test
    @Django("HS-01")
    void makesAHash() {
        PasswordHashers hashers = PasswordHashers.of(pbkdf2);
        String encoded = hashers.encode("lètmein");
        String empty = hashers.encode("");

        assertThat(encoded).startsWith("pbkdf2_sha256$");
        assertThat(PasswordHashers.isUsable(encoded)).isTrue();
        assertThat(hashers.check("lètmein", encoded).isCorrect()).isTrue();
        assertThat(hashers.check("lètmeinz", encoded).isCorrect()).isFalse();
        assertThat(hashers.check("", empty).isCorrect()).isTrue();
        assertThat(hashers.check(" ", empty).isCorrect()).isFalse();
    }

    @Test
    @Django(
            value = "HS-02",
            differs = "Hashers take bytes, PasswordHashers take text: a password is text to everybody else")
    void takesBytes() {
        byte[] bytes = "bytes_password".getBytes(UTF_8);
        String encoded = pbkdf2.encode(bytes, GOOD_SALT);

        assertThat(pbkdf2.verify(bytes, encoded)).isTrue();
        assertThat(PasswordHashers.of(pbkdf2).check("bytes_password", encoded).isCorrect())
                .isTrue();
    }

    @Test
    @Django({"HS-22", "HS-23"})
    void hasWhatNothingMatches() {
        PasswordHashers hashers = PasswordHashers.of(pbkdf2);
        String encoded = hashers.encode(null);

        assertThat(encoded).hasSize(41).isNotEqualTo(hashers.encode(null));
        assertThat(PasswordHashers.isUsable(encoded)).isFalse();
        for (String password : new String[] {null, encoded, "", "lètmein", "lètmeinz"}) {
            assertThat(hashers.check(password, encoded).isCorrect()).isFalse();
        }
        assertThat(hashers.identify(encoded)).isEmpty();
        assertThat(hashers.check(null, hashers.encode("lètmein")).isCorrect()).isFalse();
    }

    @Test
    @Django(
            value = "HS-24",
            differs = "No hasher is named when a hash is made, and an unknown algorithm is an empty Optional")
    void knowsNoOtherAlgorithm() {
        assertThat(PasswordHashers.of(pbkdf2).identify("lolcat$salt$hash")).isEmpty();
        assertThat(PasswordHashers.of(pbkdf2).check("x", "lolcat$salt$hash").isCorrect())
                .isFalse();
    }

    @Test
    @Django("HS-25")
    void countsNonsenseAsUsable() {
        for (String encoded : new String[] {"lètmein_badencoded", "", null}) {
            assertThat(PasswordHashers.isUsable(encoded)).isTrue();
        }
    }

    @Test
    @Django({"HS-30", "HS-31", "HS-32"})
    void updatesOtherAlgorithmsAfterTheRightPassword() {
        PasswordHashers hashers = PasswordHashers.of(pbkdf2, DjangoHashers.pbkdf2Sha1(10), DjangoHashers.md5());
        for (PasswordHasher other : List.of(DjangoHashers.pbkdf2Sha1(10), DjangoHashers.md5())) {
            String encoded = other.encode(LETMEIN, GOOD_SALT);

            assertThat(hashers.check("lètmein", encoded)).isEqualTo(PasswordCheck.CORRECT_BUT_OUTDATED);
            assertThat(hashers.check("wrong", encoded)).isEqualTo(PasswordCheck.WRONG);
        }
        assertThat(hashers.check("wrong", hashers.encode("lètmein"))).isEqualTo(PasswordCheck.WRONG);
    }

    @Test
    @Django(
            value = {"HS-33", "HS-35"},
            better = "Only fewer iterations are made anew: Django makes stronger hashes weaker too")
    void updatesOtherIterations() {
        String encoded = pbkdf2.encode(LETMEIN, GOOD_SALT);
        PasswordHasher other = DjangoHashers.pbkdf2Sha256(11);

        assertThat(PasswordHashers.of(pbkdf2).check("lètmein", encoded)).isEqualTo(PasswordCheck.CORRECT);
        assertThat(PasswordHashers.of(other).check("lètmein", encoded)).isEqualTo(PasswordCheck.CORRECT_BUT_OUTDATED);
        assertThat(PasswordHashers.of(DjangoHashers.pbkdf2Sha256(9)).check("lètmein", encoded))
                .isEqualTo(PasswordCheck.CORRECT);
    }

    @Test
    @Django("HS-36")
    void hardensAfterAWrongPasswordOnly() {
        List<String> calls = new ArrayList<>();
        PasswordHasher hasher = new RecordingHasher(DjangoHashers.pbkdf2Sha256(11), calls::add);
        String encoded = pbkdf2.encode(LETMEIN, GOOD_SALT);

        assertThat(PasswordHashers.of(hasher).check("lètmein", encoded).isCorrect())
                .isTrue();
        assertThat(calls).containsExactly("verify");
        assertThat(PasswordHashers.of(hasher).check("wrong", encoded).isCorrect())
                .isFalse();
        assertThat(calls).containsExactly("verify", "verify", "harden");
    }

    @Test
    @Django("HS-37")
    void spendsOneHashOnWhatCannotMatch() {
        List<String> calls = new ArrayList<>();
        PasswordHasher hasher = new RecordingHasher(pbkdf2, calls::add);
        PasswordHashers hashers = PasswordHashers.of(hasher);
        String usable = pbkdf2.encode(LETMEIN, GOOD_SALT);

        for (String[] pair :
                new String[][] {{null, usable}, {"lètmein", hashers.encode(null)}, {"x", "lolcat$salt$hash"}}) {
            calls.clear();
            assertThat(hashers.check(pair[0], pair[1]).isCorrect()).isFalse();
            assertThat(calls).hasSize(1);
        }
    }

    @Test
    @Django({"HS-45", "HS-46"})
    void updatesAndHardensNothingByDefault() {
        PasswordHasher plain = new PasswordHasher() {
            @Override
            public String algorithm() {
                return "plain";
            }

            @Override
            public String encode(byte[] password, String salt) {
                throw new AssertionError("nothing is to be encoded");
            }

            @Override
            public boolean canVerify(String encoded) {
                return true;
            }

            @Override
            public boolean verify(byte[] password, String encoded) {
                return false;
            }
        };

        plain.harden(LETMEIN, "plain$x");
        assertThat(plain.mustUpdate("plain$x")).isFalse();
        assertThat(PasswordHashers.of(plain).check("x", "plain$x")).isEqualTo(PasswordCheck.WRONG);
    }
}
