package dev.mooring.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.error.ConnectionDoesNotExistException;
import dev.mooring.error.ImproperlyConfiguredException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Sessions are kept in Django's table as Django does")
class SessionStoreTest extends SessionContract {

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
    @DisplayName("What is saved can be read again: values nested too deep are refused at once, and none is too long")
    void saveWhatCanBeRead(Engine engine) {
        open(engine);
        Session session = store.create();
        Object deepest = 1;
        for (int i = 0; i < 199; i++) {
            deepest = List.of(deepest);
        }
        Object deeper = List.of(deepest);
        session.put("deep", deepest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.put("deep", deeper))
                .withMessageContaining("nested deeper than 200 levels");
        session.put("long", "x".repeat(9 << 20));
        session.save();

        Session read = store.open(session.key().orElseThrow());
        assertThat(read.get("deep")).hasToString(deepest.toString());
        assertThat((String) read.get("long")).hasSize(9 << 20);
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
}
