package dev.mooring.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.sessions.SharedDatabase.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Sessions expire as Django lets them")
class SessionExpiryTest extends SessionContract {

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
        Map.of(Instant.MIN, Instant.EPOCH, Instant.MAX, Instant.parse("9999-01-01T00:00:00Z"))
                .forEach((moment, bound) -> {
                    Session session = store.create();
                    session.expireAt(moment);
                    assertThat(session.expiryDate()).isEqualTo(bound);
                });
        Session naive = store.create();
        naive.put("_session_expiry", "2030-01-01 00:00:00.5");
        assertThat(naive.expiryDate()).isEqualTo(Instant.parse("2030-01-01T00:00:00.5Z"));
    }
}
