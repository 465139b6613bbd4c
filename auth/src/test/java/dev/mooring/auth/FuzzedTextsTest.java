package dev.mooring.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.codec.CodecException;
import dev.mooring.auth.codec.JsonReader;
import dev.mooring.auth.codec.JsonWriter;
import dev.mooring.auth.codec.Payload;
import dev.mooring.auth.http.CsrfTokens;
import dev.mooring.auth.sessions.FuzzedSessions;
import dev.mooring.auth.signing.BadSignatureException;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.auth.signing.SignedCookies;
import dev.mooring.auth.signing.SignedJson;
import dev.mooring.auth.signing.Signer;
import dev.mooring.auth.tokens.InvalidTokenException;
import dev.mooring.auth.tokens.SimpleJwtTokens;
import dev.mooring.config.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Texts of every kind, most of them good ones with something changed, against everything that reads what a stranger sent.
 * {@code -Dmooring.full} tries millions.
 */
@Tag("full")
@DisplayName("Whatever text a stranger sends, nothing but the declared errors comes out")
class FuzzedTextsTest {

    private static final int COUNT = Boolean.getBoolean("mooring.full") ? 400_000 : 15_000;
    private static final long SEED = 30_441;
    private static final SecretKeys KEYS = SecretKeys.of("test-secret-key", "former");

    private static final List<String> SEEDS = List.of(
            "eyJhIjoxfQ:1r31eq:mvqAFpOL1fZXbE9_M4qDR7eYKgZG_5R2MwsvV9eChd8",
            "eyJrIjoidiJ9:1r31eq:RgRrC5zJDWyOgELj3o9TOUtukb7q-7uheg_ZnJ3opHY",
            ".eJyrVopPLC3JiC8tTi2Kz0xRslIyVNJBFktKTM5OzQNJpGQl5qXn6yXn55UUZSbpgZToQWWL9XzzU1JznKBqUQzISCzOAOpOTKIMKtUCAM3lPq0"
                    + ":1r31eq:M4VnkBmB7rnu93oI55nNS8rQFOkIU9hNpxr1HCrtMDY",
            "{\"_auth_user_id\":\"1\",\"n\":[1,-2.5e3,null,true,{\"\\u00e9\":\"\\\\\"}],\"_session_expiry\":300}",
            "NmIyZDk0OnsiYSI6MX0=",
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.3EbsvVBAVrhNROesY7QcDLohU4oJG5axb7LdD",
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345678901");

    private static final String SPECIAL =
            "\0\u007f\u00e9\u2028\ud800\udfff\uffff.:-_=+/\\\"'{}[],0123456789eEuNI \t\n%";

    @Test
    void signatures() {
        SignedJson json = SignedJson.of(KEYS, SignedJson.DEFAULT_SALT);
        SignedCookies cookies = SignedCookies.of(KEYS);
        Signer sha1 = Signer.acceptingSha1(KEYS, "salt");
        fuzz(text -> {
            declared(() -> json.loads(text), BadSignatureException.class);
            declared(() -> json.loads(text, Duration.ofDays(1)), BadSignatureException.class);
            declared(() -> cookies.unsign("name", text), BadSignatureException.class);
            declared(() -> sha1.unsign(text), BadSignatureException.class);
            declared(() -> sha1.unsign(sha1.sign(text)), IllegalArgumentException.class);
        });
    }

    @Test
    @DisplayName("Payloads that were signed, by a neighbour who signs anything")
    void signedPayloads() {
        Signer signer = Signer.of(KEYS, SignedJson.DEFAULT_SALT);
        SignedJson json = SignedJson.of(KEYS, SignedJson.DEFAULT_SALT);
        fuzz(text -> {
            declared(
                    () -> json.loads(signer.sign(text), Duration.ofDays(1)),
                    IllegalArgumentException.class,
                    BadSignatureException.class);
            byte[] bytes = text.getBytes(ISO_8859_1);
            assertThat(Payload.decode(Payload.encodeCompressed(bytes))).isEqualTo(bytes);
            declared(() -> Payload.decode(text), CodecException.class);
            declared(() -> Payload.decode("." + Payload.encode(bytes)), CodecException.class);
        });
    }

    @Test
    @DisplayName("JSON is refused, or reads the same when it was written again")
    void json() {
        fuzz(text -> declared(
                () -> {
                    Object value = JsonReader.read(text);
                    assertThat(JsonReader.read(JsonWriter.write(value))).isEqualTo(value);
                },
                CodecException.class));
    }

    @Test
    void sessions() {
        FuzzedSessions sessions = new FuzzedSessions(KEYS);
        fuzz(sessions::read);
    }

    @Test
    void tokens() {
        CsrfTokens csrf = new CsrfTokens(new SecureRandom());
        SimpleJwtTokens jwt = SimpleJwtTokens.of(Secret.of("test-secret-key"));
        fuzz(text -> {
            csrf.matches(text, text);
            csrf.matches(text, SEEDS.get(6));
            declared(() -> jwt.verifyAccess(text), InvalidTokenException.class);
            declared(() -> jwt.verifyHeader("Bearer " + text), InvalidTokenException.class);
        });
    }

    private static void fuzz(Consumer<String> reader) {
        Random random = new Random(SEED);
        for (int i = 0; i < COUNT; i++) {
            String text = text(random);
            try {
                reader.accept(text);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Text " + i + " of seed " + SEED + ": " + text, e);
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int changes = random.nextInt(6); changes >= 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(6)) {
                case 0 -> text.setLength(at);
                case 1 -> text.insert(at, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
                case 2 -> text.insert(at, (char) random.nextInt(1 << 16));
                case 3 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                case 4 -> text.insert(at, SEEDS.get(random.nextInt(SEEDS.size())));
                default ->
                    text.insert(
                            at,
                            String.valueOf(SPECIAL.charAt(random.nextInt(SPECIAL.length())))
                                    .repeat(1 + random.nextInt(300)));
            }
        }
        return text.toString();
    }

    @SafeVarargs
    private static void declared(Runnable read, Class<? extends RuntimeException>... errors) {
        try {
            read.run();
        } catch (RuntimeException e) {
            for (Class<? extends RuntimeException> error : errors) {
                if (error.isInstance(e)) {
                    return;
                }
            }
            throw e;
        }
    }
}
