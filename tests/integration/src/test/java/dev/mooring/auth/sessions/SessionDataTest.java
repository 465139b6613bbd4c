package dev.mooring.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.auth.signing.Signer;
import dev.mooring.auth.signing.TimestampSigner;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.observing.SeenLog;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Session data is read only if it was signed with a secret key")
class SessionDataTest extends SessionContract {

    private static final String SALT = "django.contrib.sessions.SessionStore";

    @ParameterizedTest
    @EnumSource
    void takeASecretKeyThatWasReplaced(Engine engine) {
        open(engine);
        String key = saved().key().orElseThrow();
        SessionStore rotated = SessionStore.builder(database.databases(), SecretKeys.of("new", "test-secret-key"))
                .clock(clock)
                .build();

        assertThat(rotated.open(key).get("a")).isEqualTo(1L);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "What is not signed with the secret key is an empty session and a warning that shows neither key nor data")
    void warnOfCorruptedData(Engine engine) {
        open(engine);
        String key = saved().key().orElseThrow();
        String good = stored(key);
        TimestampSigner signer = TimestampSigner.of(Signer.of(KEYS, SALT), clock);
        for (String bad : new String[] {
            "",
            ":",
            "garbage",
            "*",
            good.substring(1),
            good + "x",
            good.replace("eyJ", "eyK"),
            signer.sign(""),
            signer.sign("*"),
            signer.sign(".AAAA"),
            signer.sign(base64("[]")),
            signer.sign(base64("{")),
            signer.sign(base64("null")),
            signer.sign(base64("[".repeat(500))),
            TimestampSigner.of(Signer.of(SecretKeys.of("other"), SALT), clock).sign(base64("{}"))
        }) {
            store(key, bad);
            List<String> warnings = warnings(() -> {
                Session session = store.open(key);
                assertThat(session.names()).isEmpty();
                assertThat(session.key()).contains(key);
            });
            assertThat(warnings).as(bad).hasSize(1);
            assertThat(warnings.get(0)).doesNotContain(key).startsWith("Session data is corrupted");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A session of Django's PickleSerializer is refused by name, and its row is left alone")
    void refusePickles(Engine engine) {
        open(engine);
        String key = saved().key().orElseThrow();
        TimestampSigner signer = TimestampSigner.of(Signer.of(KEYS, SALT), clock);
        String pickled = signer.sign("gASVDwAAAAAAAAB9lIwDX2F1lIwBMZRzLg");
        store(key, pickled);

        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> store.open(key).get("a"))
                .withMessageContaining("PickleSerializer")
                .withMessageContaining("SESSION_SERIALIZER");
        assertThat(stored(key)).isEqualTo(pickled);
    }

    private String stored(String key) {
        return database.databases()
                .query("SELECT session_data FROM django_session WHERE session_key = %s", key)
                .get(0)
                .getString("session_data");
    }

    private void store(String key, String data) {
        database.databases().execute("UPDATE django_session SET session_data = %s WHERE session_key = %s", data, key);
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static List<String> warnings(Runnable task) {
        try (SeenLog log = new SeenLog(SessionStore.class.getName(), Level.WARN)) {
            task.run();
            return log.events().stream().map(ILoggingEvent::getFormattedMessage).toList();
        }
    }
}
