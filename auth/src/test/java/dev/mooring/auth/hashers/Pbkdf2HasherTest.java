package dev.mooring.auth.hashers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HS-04, HS-26, HS-33, HS-34, HS-38 of Django's own tests. */
class Pbkdf2HasherTest {

    private static final String SALT = "abcdefghijklmnopqrstuv";

    private final Pbkdf2Hasher hasher = Pbkdf2Hasher.sha256(1000);

    @ParameterizedTest
    @CsvSource({
        "1000,   correct horse, seasalt,  mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
        "1000,   '',            seasalt,  XHfRVmyEZRTCcSbqGP00JKv0fRwYHK0ogjPZdSJxCXk=",
        "1000,   pässword😀漢字, seasalt,  pVw7IyiMAIPbN6bVmUnTNDVobfXzYlQDWgPGtymh+1E=",
        "600000, lètmein,       seasalt,  OAXyhAQ/4ZDA9V5RMExt3C1OwQdUpLZ99vm1McFlLRA=",
        "600000, lètmein,       seasalt2, OSllgFdJjYQjb0RfMzrx8u0XYl4Fkt+wKpI1yq4lZlo=",
    })
    void makesTheTextThatDjangoMakes(int iterations, String password, String salt, String hash) {
        String encoded = "pbkdf2_sha256$" + iterations + "$" + salt + "$" + hash;

        assertThat(Pbkdf2Hasher.sha256(iterations).encode(password.getBytes(UTF_8), salt))
                .isEqualTo(encoded);
        assertThat(hasher.verify(password.getBytes(UTF_8), encoded)).isTrue();
        assertThat(hasher.verify((password + "x").getBytes(UTF_8), encoded)).isFalse();
    }

    @Test
    void makesTheTextThatDjangoMakesOfALongerPasswordThanABlockOfTheHash() {
        assertThat(hasher.encode("x".repeat(70).getBytes(UTF_8), "seasalt"))
                .isEqualTo("pbkdf2_sha256$1000$seasalt$nGnJ9c+X+VZ2B81F6g5VHsRynh4dpLZ7YDewMvt8t5I=");
    }

    @Test
    void replacesFewerIterationsAndKeepsMore() {
        String encoded = hasher.encode(new byte[0], SALT);

        assertThat(hasher.mustUpdate(encoded)).isFalse();
        assertThat(Pbkdf2Hasher.sha256(1001).mustUpdate(encoded)).isTrue();
        assertThat(Pbkdf2Hasher.sha256(999).mustUpdate(encoded)).isFalse();
    }

    @Test
    void replacesASaltOfLessThan128Bits() {
        assertThat(hasher.mustUpdate(hasher.encode(new byte[0], SALT.substring(1))))
                .isTrue();
        assertThat(hasher.mustUpdate(hasher.encode(new byte[0], SALT))).isFalse();
    }

    @Test
    void makesUpForFewerIterationsWithTheSaltThatIsStored() {
        List<String> work = new ArrayList<>();
        Pbkdf2Hasher recording =
                new Pbkdf2Hasher(Pbkdf2Hasher.Kind.SHA256, 1000, (digest, password, salt, iterations) -> {
                    work.add(new String(password, UTF_8) + " " + new String(salt, UTF_8) + " " + iterations);
                    return new byte[32];
                });

        recording.harden("wrong".getBytes(UTF_8), "pbkdf2_sha256$300$seasalt$hash");
        assertThat(work).containsExactly("wrong seasalt 700");

        recording.harden("wrong".getBytes(UTF_8), "pbkdf2_sha256$1000$seasalt$hash");
        recording.harden("wrong".getBytes(UTF_8), "pbkdf2_sha256$1001$seasalt$hash");
        assertThat(work).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pbkdf2_sha256",
                "pbkdf2_sha256$",
                "pbkdf2_sha256$1000$salt",
                "pbkdf2_sha256$1000$salt$",
                "pbkdf2_sha256$1000$$hash",
                "pbkdf2_sha256$1000$salt$hash$more",
                "pbkdf2_sha256$$salt$hash",
                "pbkdf2_sha256$many$salt$hash",
                "pbkdf2_sha256$-1$salt$hash",
                "pbkdf2_sha256$0$salt$hash",
                "pbkdf2_sha256$+1000$salt$hash",
                "pbkdf2_sha256$01000$salt$hash",
                "pbkdf2_sha256$１０００$salt$hash",
                "pbkdf2_sha256$ 1000$salt$hash",
                "pbkdf2_sha256$1e3$salt$hash",
                "pbkdf2_sha256$10000001$salt$hash",
                "pbkdf2_sha256$999999999$salt$hash",
                "pbkdf2_sha256$2147483648$salt$hash",
                "pbkdf2_sha256$99999999999999999999$salt$hash",
                "pbkdf2_sha1$1000$salt$hash",
                "md5$salt$b614725f4cc025a51ab6a354d12890ab",
            })
    void refusesToVerifyWhatIsMalformedOrCostsTooMuch(String encoded) {
        assertThat(hasher.canVerify(encoded)).isFalse();
    }

    @Test
    void verifiesTenMillionIterationsOrTwiceThoseOfANewHash() {
        assertThat(hasher.canVerify("pbkdf2_sha256$10000000$salt$hash")).isTrue();
        assertThat(Pbkdf2Hasher.sha256(6_000_000).canVerify("pbkdf2_sha256$12000000$salt$hash"))
                .isTrue();
        assertThat(Pbkdf2Hasher.sha256(6_000_000).canVerify("pbkdf2_sha256$12000001$salt$hash"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "====", "mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso", "\u0000"})
    void matchesNothingWithAHashThatIsNoBase64(String hash) {
        String encoded = "pbkdf2_sha256$1000$seasalt$" + hash;

        assertThat(hasher.canVerify(encoded)).isTrue();
        assertThat(hasher.verify("correct horse".getBytes(UTF_8), encoded)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sea$salt", "$"})
    void refusesASaltThatWouldBreakTheFormat(String salt) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hasher.encode(new byte[0], salt))
                .withMessage("salt must not be empty or contain '$'");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_000_001, Integer.MIN_VALUE})
    void refusesANumberOfIterationsOutOfRange(int iterations) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pbkdf2Hasher.sha256(iterations))
                .withMessage("iterations must be between 1 and 100,000,000, but was " + iterations);
    }
}
