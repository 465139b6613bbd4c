package dev.mooring.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.auth.signing.Signer;
import dev.mooring.auth.signing.TimestampSigner;
import dev.mooring.error.ConnectionDoesNotExistException;
import dev.mooring.error.ImproperlyConfiguredException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@DisplayName("Sessions are kept in Django's table as Django does")
class SessionStoreTest {

    private static final String SALT = "django.contrib.sessions.SessionStore";
    private static final SecretKeys KEYS = SecretKeys.of("test-secret-key");
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

    private Instant now = START;
    private final InstantSource clock = () -> now;
    private SharedDatabase database;
    private SessionStore store;

    private void open(Engine engine) {
        database = SharedDatabase.create(engine);
        store = SessionStore.builder(database.databases(), KEYS).clock(clock).build();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void keepWhatIsSaved(Engine engine) {
        open(engine);
        Session session = store.create();
        assertThat(session.isEmpty()).isTrue();
        session.put("text", "é\u0000😀\ud800");
        session.put("list", Arrays.asList(1, 2.5, null, true, Map.of("a", List.of())));
        assertThat(session.isModified()).isTrue();
        session.save();

        assertThat(session.isModified()).isFalse();
        assertThat(session.key().orElseThrow()).matches("[a-z0-9]{32}");
        Session read = store.open(session.key().orElseThrow());
        assertThat(read.isAccessed()).isFalse();
        assertThat(read.get("text")).isEqualTo("é\u0000😀\ud800");
        assertThat(read.get("list")).isEqualTo(Arrays.asList(1L, 2.5, null, true, Map.of("a", List.of())));
        assertThat(read.names()).containsExactly("text", "list");
        assertThat(read.isModified()).isFalse();
        read.remove("list");
        read.remove("list");
        read.save();
        assertThat(store.open(session.key().orElseThrow()).names()).containsExactly("text");
        assertThat(rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A stored value is a copy, and what JSON has no place for is refused before anything changes")
    void copyValues(Engine engine) {
        open(engine);
        Session session = store.create();
        List<Object> list = new ArrayList<>(List.of("a"));
        session.put("list", list);
        list.add("b");

        assertThat(session.get("list")).isEqualTo(List.of("a"));
        assertThatIllegalArgumentException().isThrownBy(() -> session.put("at", START));
        assertThat(session.contains("at")).isFalse();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> session.names().clear());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A key that somebody made up is never taken over")
    void neverTakeOverAKey(Engine engine) {
        open(engine);
        for (String chosen : new String[] {
            "chosenbytheattackerchosenbytheat",
            "",
            "short",
            "x".repeat(41),
            "x".repeat(1 << 20),
            "nul\0nulnul",
            "\ud800aaaaaaa",
            "' OR 1=1 --",
            "%s%s%s%s",
            null
        }) {
            Session session = store.open(chosen);
            session.put("a", 1);
            session.save();
            assertThat(session.key().orElseThrow()).isNotEqualTo(chosen).matches("[a-z0-9]{32}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void expireTwoWeeksAfterTheyWereLastSaved(Engine engine) {
        open(engine);
        Session session = saved();
        String key = session.key().orElseThrow();

        now = START.plus(SessionStore.DEFAULT_AGE).minusSeconds(1);
        assertThat(store.open(key).get("a")).isEqualTo(1L);
        now = START.plus(SessionStore.DEFAULT_AGE);
        Session expired = store.open(key);
        assertThat(expired.get("a")).isNull();
        assertThat(expired.key()).isEmpty();
        assertThat(expired.isEmpty()).isTrue();

        assertThat(store.clearExpired()).isZero();
        now = now.plusSeconds(1);
        saved();
        assertThat(store.clearExpired()).isEqualTo(1);
        assertThat(rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void expireAsEachSays(Engine engine) {
        open(engine);
        Session session = store.create();
        assertThat(session.expiryAge()).isEqualTo(SessionStore.DEFAULT_AGE);
        assertThat(session.expiresAtBrowserClose()).isFalse();

        session.expireAfter(Duration.ofMinutes(5));
        assertThat(session.get("_session_expiry")).isEqualTo(300L);
        assertThat(session.expiryDate()).isEqualTo(START.plusSeconds(300));
        session.save();
        now = START.plusSeconds(300);
        assertThat(store.open(session.key().orElseThrow()).contains("_session_expiry"))
                .isFalse();

        session.expireAtBrowserClose();
        assertThat(session.expiresAtBrowserClose()).isTrue();
        assertThat(session.expiryAge()).isEqualTo(SessionStore.DEFAULT_AGE);

        session.expireAt(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(session.get("_session_expiry")).isEqualTo("2030-01-01T00:00:00.000000+00:00");
        assertThat(session.expiryDate()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(session.expiresAtBrowserClose()).isFalse();

        session.expireAfter(Duration.ZERO);
        assertThat(session.expiryAge()).isNegative();
        session.expireByDefault();
        assertThat(session.expiryAge()).isEqualTo(SessionStore.DEFAULT_AGE);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("An expiry that is no expiry counts as none, and one beyond all bounds is brought within them")
    void takeAnyExpiry(Engine engine) {
        open(engine);
        for (Object odd :
                Arrays.asList("", "tomorrow", "2030-13-01T00:00:00", true, List.of(), null, Double.NaN, 0.0)) {
            Session session = store.create();
            session.put("_session_expiry", odd);
            assertThat(session.expiryAge()).as("%s", odd).isEqualTo(SessionStore.DEFAULT_AGE);
        }
        for (Object huge : List.of(
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                1e300,
                -1e300,
                Double.POSITIVE_INFINITY,
                new java.math.BigInteger("9".repeat(400)),
                "+999999999-12-31T00:00:00Z",
                "0001-01-01T00:00:00")) {
            Session session = store.create();
            session.put("_session_expiry", huge);
            session.save();
            assertThat(session.key()).isPresent();
        }
        Session naive = store.create();
        naive.put("_session_expiry", "2030-01-01 00:00:00.5");
        assertThat(naive.expiryDate()).isEqualTo(Instant.parse("2030-01-01T00:00:00.5Z"));
    }

    @ParameterizedTest
    @EnumSource
    void cycleTheirKey(Engine engine) {
        open(engine);
        Session session = saved();
        String old = session.key().orElseThrow();
        Session other = store.open(old);

        other.cycleKey();

        assertThat(other.key().orElseThrow()).isNotEqualTo(old);
        assertThat(other.get("a")).isEqualTo(1L);
        assertThat(other.isModified()).isTrue();
        assertThat(store.open(old).get("a")).isNull();
        assertThat(store.open(other.key().orElseThrow()).get("a")).isEqualTo(1L);
        assertThat(rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void flushTheirRow(Engine engine) {
        open(engine);
        Session session = saved();
        String old = session.key().orElseThrow();

        session.flush();

        assertThat(session.isEmpty()).isTrue();
        assertThat(session.isModified()).isTrue();
        assertThat(rows()).isZero();
        session.put("a", 2);
        session.save();
        assertThat(session.key().orElseThrow()).isNotEqualTo(old);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A session that was deleted meanwhile is not brought back to life")
    void doNotComeBack(Engine engine) {
        open(engine);
        Session session = saved();
        Session concurrent = store.open(session.key().orElseThrow());
        concurrent.put("b", 2);
        session.flush();

        assertThatExceptionOfType(SessionInterruptedException.class).isThrownBy(concurrent::save);
        assertThat(rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void takeAnotherKeyIfOneIsTaken(Engine engine) {
        open(engine);
        SecureRandom repeating = new SecureRandom() {
            private static final long serialVersionUID = 1L;
            private int drawn;

            @Override
            public int nextInt(int bound) {
                return drawn++ < 64 ? 7 : 8;
            }
        };
        SessionStore repeated = SessionStore.builder(database.databases(), KEYS)
                .clock(clock)
                .random(repeating)
                .build();
        for (String expected : List.of("h".repeat(32), "i".repeat(32))) {
            Session session = repeated.create();
            session.put("a", expected);
            database.databases().atomic(session::save);
            assertThat(session.key()).contains(expected);
        }
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> repeated.create().save());
        assertThat(rows()).isEqualTo(2);
    }

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

    @ParameterizedTest
    @EnumSource
    void areInTheDatabaseThatIsNamed(Engine engine) {
        open(engine);

        assertThatExceptionOfType(ConnectionDoesNotExistException.class)
                .isThrownBy(
                        () -> SessionStore.builder(database.databases(), KEYS).alias("other"));
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(
                        () -> SessionStore.builder(database.databases(), KEYS).age(Duration.ZERO));
        SessionStore named = SessionStore.builder(database.databases(), KEYS)
                .alias("default")
                .clock(Clock.systemUTC())
                .build();
        Session session = named.create();
        session.save();
        assertThat(rows()).isEqualTo(1);
    }

    private Session saved() {
        Session session = store.create();
        session.put("a", 1);
        session.save();
        return session;
    }

    private long rows() {
        return database.databases()
                .query("SELECT count(*) AS n FROM django_session")
                .get(0)
                .getLong("n");
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
        Logger logger = (Logger) LoggerFactory.getLogger(SessionStore.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            task.run();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
