package dev.mooring.auth.hashers;

import static dev.mooring.auth.hashers.PasswordCheck.CORRECT;
import static dev.mooring.auth.hashers.PasswordCheck.CORRECT_BUT_OUTDATED;
import static dev.mooring.auth.hashers.PasswordCheck.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.error.ImproperlyConfiguredException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HS-01, HS-07, HS-22 to HS-25, HS-30 to HS-37 of Django's own tests. */
class PasswordHashersTest {

    private static final String OLD = "pbkdf2_sha256$1000$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=";
    private static final String MD5 = "md5$seasalt$b614725f4cc025a51ab6a354d12890ab";

    private final CountingHasher counting = new CountingHasher(Pbkdf2Hasher.sha256(1000));
    private final PasswordHashers hashers = PasswordHashers.of(counting);

    @Test
    void makeANewHashWithTheFirstAndAFreshSalt() {
        String encoded = hashers.encode("correct horse");

        assertThat(encoded).matches("pbkdf2_sha256\\$1000\\$[a-zA-Z0-9]{22}\\$[A-Za-z0-9+/]{43}=");
        assertThat(hashers.encode("correct horse")).isNotEqualTo(encoded);
        assertThat(hashers.check("correct horse", encoded)).isEqualTo(CORRECT);
        assertThat(hashers.check("Correct horse", encoded)).isEqualTo(WRONG);
    }

    @Test
    void tellAnEmptyPasswordFromABlank() {
        String empty = hashers.encode("");

        assertThat(hashers.check("", empty)).isEqualTo(CORRECT);
        assertThat(hashers.check(" ", empty)).isEqualTo(WRONG);
    }

    @Test
    void makeOfNoPasswordWhatNothingMatches() {
        String unusable = hashers.encode(null);

        assertThat(unusable).matches("![a-zA-Z0-9]{40}");
        assertThat(hashers.encode(null)).isNotEqualTo(unusable);
        assertThat(hashers.check(unusable, unusable)).isEqualTo(WRONG);
        assertThat(hashers.check(unusable.substring(1), unusable)).isEqualTo(WRONG);
        assertThat(hashers.check("", unusable)).isEqualTo(WRONG);
    }

    @Test
    void callOnlyWhatBeginsWithAnExclamationMarkUnusable() {
        assertThat(PasswordHashers.isUsable(hashers.encode(null))).isFalse();
        assertThat(PasswordHashers.isUsable("nonsense")).isTrue();
        assertThat(PasswordHashers.isUsable("")).isTrue();
        assertThat(PasswordHashers.isUsable(null)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "!",
                "!pbkdf2_sha256$1000$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
                "$",
                "$$$",
                "nonsense",
                "correct horse",
                "pbkdf2_sha256",
                "pbkdf2_sha256$",
                "pbkdf2_sha256$1000$seasalt",
                "pbkdf2_sha256$-1$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
                "pbkdf2_sha256$2147483648$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
                MD5,
                "argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdHNlYXNhbHQ$z3f2TNLAyqveIZTVgR9LqA",
            })
    void spendOneHashOnWhatCannotMatch(String encoded) {
        assertThat(hashers.check("correct horse", encoded)).isEqualTo(WRONG);
        assertThat(counting.calls).containsExactly("encode 40");
    }

    @Test
    void spendOneHashOnAMegabyteOfStoredText() {
        assertThat(hashers.check("correct horse", "pbkdf2_sha256$1000$" + "s".repeat(1 << 20) + "$hash"))
                .isEqualTo(WRONG);
        assertThat(counting.calls).containsExactly("encode 40");
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse\0", "\0", "\ud800", "correct \udfff horse", "\udc00\ud800"})
    void refuseToSetWhatWouldCollideAndSpendOneHashOnCheckingIt(String password) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hashers.encode(password))
                .withMessage("password must be at most 4096 bytes of UTF-8, without NUL and lone surrogates");
        assertThat(hashers.check(password, OLD)).isEqualTo(WRONG);
        assertThat(counting.calls).containsExactly("encode 40");
    }

    @Test
    void takePasswordsOfUpTo4096Bytes() {
        String longest = "é".repeat(2048);
        String encoded = hashers.encode(longest);
        counting.calls.clear();

        assertThat(hashers.check(longest, encoded)).isEqualTo(CORRECT);
        assertThat(hashers.check(longest + "x", encoded)).isEqualTo(WRONG);
        assertThat(hashers.check("x".repeat(10 << 20), encoded)).isEqualTo(WRONG);
        assertThat(counting.calls).containsExactly("verify", "encode 40", "verify");
        assertThatIllegalArgumentException().isThrownBy(() -> hashers.encode(longest + "x"));
    }

    @Test
    void verifyADecoyOnceThereIsOneBecauseThatIsTheWorkOfAStoredHash() {
        hashers.check("correct horse", null);
        counting.calls.clear();

        assertThat(hashers.check("correct horse", null)).isEqualTo(WRONG);
        assertThat(hashers.check("correct horse", "!unusable")).isEqualTo(WRONG);
        assertThat(hashers.check("correct horse\0", OLD)).isEqualTo(WRONG);
        assertThat(counting.calls).containsExactly("verify", "verify", "verify");
    }

    @Test
    void spendOneHashOnNoPassword() {
        assertThat(hashers.check(null, OLD)).isEqualTo(WRONG);
        assertThat(counting.calls).containsExactly("encode 40");
    }

    @Test
    void hardenAnOutdatedHashAfterAWrongPasswordOnly() {
        assertThat(hashers.check("wrong", OLD)).isEqualTo(WRONG);
        assertThat(counting.calls).containsExactly("verify", "harden");

        counting.calls.clear();
        assertThat(hashers.check("correct horse", OLD)).isEqualTo(CORRECT_BUT_OUTDATED);
        assertThat(counting.calls).containsExactly("verify");

        String current = hashers.encode("correct horse");
        counting.calls.clear();
        assertThat(hashers.check("wrong", current)).isEqualTo(WRONG);
        assertThat(counting.calls).containsExactly("verify");
    }

    @Test
    void reportAHashOfAnotherAlgorithmAsOutdated() {
        CountingHasher md5 = new CountingHasher(DjangoHashers.md5());
        PasswordHashers both = PasswordHashers.of(counting, md5);
        String encoded = PasswordHashers.insecureForExperiments().encode("correct horse");

        assertThat(both.check("correct horse", encoded)).isEqualTo(CORRECT_BUT_OUTDATED);
        assertThat(both.check("wrong", encoded)).isEqualTo(WRONG);
        assertThat(md5.calls).containsExactly("verify", "verify");
        assertThat(counting.calls).isEmpty();
    }

    @Test
    void knowMd5OnlyWhenToldThatTheyAreInsecure() {
        PasswordHashers insecure = PasswordHashers.insecureForExperiments();

        assertThat(insecure.check("correct horse", MD5).isCorrect()).isTrue();
        assertThat(insecure.check("lètmein", "md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3"))
                .isEqualTo(CORRECT_BUT_OUTDATED);
        assertThat(insecure.check("correct horse", insecure.encode("correct horse")))
                .isEqualTo(CORRECT);
        assertThat(insecure.check("correct horse", MD5.replace("md5$", "md5$$")))
                .isEqualTo(WRONG);
        assertThat(insecure.check("correct horse", OLD)).isEqualTo(WRONG);
    }

    @Test
    void mustBeOneForEachAlgorithm() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> PasswordHashers.of(counting, Pbkdf2Hasher.sha256(1)))
                .withMessage("Two password hashers for the algorithm 'pbkdf2_sha256'; leave one out");
    }

    @Test
    void areByDefaultAsStrongAsDjangos() {
        assertThat(PasswordHashers.defaults().encode("correct horse")).startsWith("pbkdf2_sha256$1000000$");
    }
}
