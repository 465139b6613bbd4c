package dev.mooring.auth.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.error.ImproperlyConfiguredException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Texts are signed and verified as Django does")
class SigningTest {

    private static final SecretKeys KEYS = SecretKeys.of("test-secret-key");
    private static final String DUMPED = "eyJrIjoidiJ9:1r31eq:RgRrC5zJDWyOgELj3o9TOUtukb7q-7uheg_ZnJ3opHY";

    private static Clock at(long second) {
        return Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC);
    }

    private static SignedJson json(SecretKeys keys, long second) {
        return SignedJson.of(keys, SignedJson.DEFAULT_SALT, at(second));
    }

    @Test
    @DisplayName("dumps makes, to the letter, what Django's signing.dumps made")
    void dumpsWhatDjangoDumps() {
        assertThat(json(KEYS, 1_700_000_000).dumps(Map.of("k", "v"))).isEqualTo(DUMPED);
        assertThat(json(KEYS, 1_700_000_000).loads(DUMPED)).isEqualTo(Map.of("k", "v"));
        assertThat(SignedJson.of(KEYS, "django.contrib.sessions.SessionStore", at(1_700_000_000))
                        .dumpsCompressed(Map.of("a", 1)))
                .isEqualTo("eyJhIjoxfQ:1r31eq:mvqAFpOL1fZXbE9_M4qDR7eYKgZG_5R2MwsvV9eChd8");
    }

    @Test
    @DisplayName("A text compressed by Python is read")
    void readsWhatPythonCompressed() {
        String signed =
                ".eJyrVopPLC3JiC8tTi2Kz0xRslIyVNJBFktKTM5OzQNJpGQl5qXn6yXn55UUZSbpgZToQWWL9XzzU1JznKBqUQzISCzOAOpOTKIMK"
                        + "tUCAM3lPq0:1r31eq:M4VnkBmB7rnu93oI55nNS8rQFOkIU9hNpxr1HCrtMDY";

        assertThat(SignedJson.of(KEYS, "django.contrib.sessions.SessionStore").loads(signed))
                .isEqualTo(Map.of(
                        "_auth_user_id", "1",
                        "_auth_user_backend", "django.contrib.auth.backends.ModelBackend",
                        "_auth_user_hash", "ab".repeat(32)));
    }

    @Test
    void compressesOnlyWhatGetsShorter() {
        SignedJson json = json(KEYS, 0);

        assertThat(json.dumpsCompressed("a".repeat(1000))).startsWith(".").hasSizeLessThan(100);
        assertThat(json.dumpsCompressed("short")).isEqualTo(json.dumps("short"));
        assertThat(json.loads(json.dumpsCompressed("a".repeat(1000)))).isEqualTo("a".repeat(1000));
    }

    @Test
    void refusesWhatIsTooOld() {
        assertThat(json(KEYS, 1_700_000_060).loads(DUMPED, Duration.ofSeconds(60)))
                .isEqualTo(Map.of("k", "v"));
        assertThatExceptionOfType(SignatureExpiredException.class)
                .isThrownBy(() -> json(KEYS, 1_700_000_061).loads(DUMPED, Duration.ofSeconds(60)))
                .withMessage("The text was signed 61 seconds ago, and at most 60 are allowed");
    }

    @Test
    @DisplayName("A former secret key still verifies, and never signs")
    void acceptsFallbacks() {
        SecretKeys rotated = SecretKeys.of("new", "other", "test-secret-key");

        assertThat(json(rotated, 1_700_000_000).loads(DUMPED)).isEqualTo(Map.of("k", "v"));
        assertThat(json(rotated, 1_700_000_000).dumps(Map.of("k", "v")))
                .isEqualTo(json(SecretKeys.of("new"), 1_700_000_000).dumps(Map.of("k", "v")));
        assertThatExceptionOfType(BadSignatureException.class)
                .isThrownBy(() -> json(SecretKeys.of("new", "other"), 0).loads(DUMPED));
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "",
                ":",
                "::",
                "a",
                "a:b",
                "eyJrIjoidiJ9:1r31eq:",
                "eyJrIjoidiJ9:1r31eq",
                "eyJrIjoidiJ9:1r31er:RgRrC5zJDWyOgELj3o9TOUtukb7q-7uheg_ZnJ3opHY",
                "eyJrIjoidyJ9:1r31eq:RgRrC5zJDWyOgELj3o9TOUtukb7q-7uheg_ZnJ3opHY",
                "eyJrIjoidiJ9:1r31eq:RgRrC5zJDWyOgELj3o9TOUtukb7q-7uheg_ZnJ3opHY=",
                "eyJrIjoidiJ9:1r31eq:rgRrC5zJDWyOgELj3o9TOUtukb7q-7uheg_ZnJ3opHY",
                "\ud800:\0:\udfff"
            })
    void refusesForgeries(String forged) {
        assertThatExceptionOfType(BadSignatureException.class)
                .isThrownBy(() -> json(KEYS, 0).loads(forged));
        assertThatExceptionOfType(BadSignatureException.class)
                .isThrownBy(() -> SignedJson.of(KEYS, "another salt").loads(DUMPED));
    }

    @Test
    @DisplayName("Half of a surrogate pair is not signed as the question mark that UTF-8 would make of it")
    void refusesLoneSurrogates() {
        Signer signer = Signer.of(KEYS, "salt");
        String signature = signer.sign("?").substring(1);

        assertThatIllegalArgumentException().isThrownBy(() -> signer.sign("\ud800"));
        assertThatExceptionOfType(BadSignatureException.class).isThrownBy(() -> signer.unsign("\ud800" + signature));
        assertThat(signer.unsign(signer.sign("😀:é"))).isEqualTo("😀:é");
    }

    @Test
    @DisplayName("What is signed but not JSON is refused as one error")
    void refusesOtherPayloads() {
        TimestampSigner signer = TimestampSigner.of(KEYS, SignedJson.DEFAULT_SALT);
        for (String payload : new String[] {"", ".", "*", ".AAAA", "gASVCwAAAAAAAAB9", "e30x"}) {
            assertThatExceptionOfType(BadSignatureException.class)
                    .as(payload)
                    .isThrownBy(() -> json(KEYS, 0).loads(signer.sign(payload)));
        }
        Signer plain = Signer.of(KEYS, SignedJson.DEFAULT_SALT);
        assertThatExceptionOfType(BadSignatureException.class)
                .isThrownBy(() -> json(KEYS, 0).loads(plain.sign("e30")));
        assertThatExceptionOfType(BadSignatureException.class)
                .isThrownBy(() -> json(KEYS, 0).loads(plain.sign("e30:*"), Duration.ZERO));
    }

    @Test
    @DisplayName("A compressed payload that grows without bounds is refused")
    void boundsWhatIsInflated() throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(new byte[9 << 20]);
        }
        String payload = "." + Base64.getUrlEncoder().withoutPadding().encodeToString(deflated.toByteArray());
        String bomb = TimestampSigner.of(Signer.of(KEYS, SignedJson.DEFAULT_SALT), at(0))
                .sign(payload);

        assertThatExceptionOfType(BadSignatureException.class)
                .isThrownBy(() -> json(KEYS, 0).loads(bomb))
                .withMessageContaining("larger than");
    }

    @Test
    @DisplayName("What is too long to be inflated is not compressed, so that it can be read again")
    void readsWhatWasWritten() {
        String longest = "a".repeat(9 << 20);
        SignedJson json = json(KEYS, 0);

        assertThat(json.loads(json.dumpsCompressed(longest))).isEqualTo(longest);
        assertThat(json.dumpsCompressed("a".repeat(1 << 20))).hasSizeLessThan(20_000);
    }

    @Test
    void signsCookiesForTheirName() {
        SignedCookies cookies = SignedCookies.of(KEYS, at(1_700_000_000));
        String signed = cookies.sign("theme", "dark");

        assertThat(cookies.unsign("theme", signed)).isEqualTo("dark");
        assertThat(cookies.unsign("theme", signed, Duration.ZERO)).isEqualTo("dark");
        assertThatExceptionOfType(BadSignatureException.class).isThrownBy(() -> cookies.unsign("role", signed));
        assertThatExceptionOfType(BadSignatureException.class)
                .isThrownBy(() -> cookies.unsign("theme", cookies.sign("theme", "dark", "salt")));
        assertThatExceptionOfType(SignatureExpiredException.class)
                .isThrownBy(() -> SignedCookies.of(KEYS, at(1_700_000_001)).unsign("theme", signed, Duration.ZERO));
    }

    @Test
    void keepsKeysSecret() {
        assertThat(KEYS).hasToString("SecretKeys[1]");
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> SecretKeys.of(""))
                .withMessageContaining("SECRET_KEY");
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> SecretKeys.of("new", ""))
                .withMessageContaining("SECRET_KEY_FALLBACKS");
    }
}
