package dev.mooring.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Connector;
import dev.mooring.spi.SqlStatement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A method that a stand-in does not forward falls back to the interface's default, and nothing says so. */
@Tag("wrong-answers")
class FaultyBackendForwardsTest {

    private static final Map<Class<?>, Object> ANSWERS = Map.of(
            boolean.class,
            true,
            int.class,
            77,
            String.class,
            "seventy-seven",
            Duration.class,
            Duration.ofSeconds(77),
            SqlStatement.class,
            new SqlStatement("SELECT 77", 0, List.of("SELECT")),
            Optional.class,
            Optional.of("77"),
            Set.class,
            Set.of("77"));

    private static final Map<Class<?>, Object> OTHER_ANSWERS = Map.of(boolean.class, false);

    @TempDir
    private Path directory;

    static List<Method> methodsOfAConnector() {
        return instanceMethods(Connector.class);
    }

    static List<Method> methodsOfAProvider() {
        return instanceMethods(BackendProvider.class).stream()
                .filter(method -> method.getReturnType() != Backend.class)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methodsOfAConnector")
    @DisplayName("Each method of a connector reaches the real one, with its arguments, and its answer comes back")
    void asksTheRealConnector(Method method) throws Exception {
        for (Map<Class<?>, Object> answers : List.of(ANSWERS, OTHER_ANSWERS)) {
            Recorder real =
                    new Recorder(answers, () -> DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("db")));
            Connector faulty = new FaultyConnector(real.as(Connector.class), new Faults());
            try (Connection connection = faulty.open()) {
                real.calls.clear();
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(type -> type == Connection.class ? connection : ANSWERS.get(type))
                        .toArray();
                Object answer = method.invoke(faulty, arguments);
                assertThat(real.calls).containsExactly(new Call(method.getName(), List.of(arguments)));
                if (answer instanceof Connection opened) {
                    opened.close();
                } else {
                    assertThat(answer).isEqualTo(real.answer(method));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methodsOfAProvider")
    @DisplayName("Each method of a backend's provider reaches the real one")
    void asksTheRealProvider(Method method) throws Exception {
        Recorder real = new Recorder(ANSWERS, () -> null);
        BackendProvider faulty = FaultyBackend.around(real.as(BackendProvider.class), new Faults());
        assertThat(method.invoke(faulty)).isEqualTo(real.answer(method));
    }

    @Test
    @DisplayName("All parts of the real backend but its connector are used as they are")
    void keepsTheOtherParts() throws Exception {
        Backend real = new TinyBackend()
                .create(TinyBackend.settings(directory.resolve("db")).build());
        BackendProvider provider = new Recorder(Map.of(Backend.class, real), () -> null).as(BackendProvider.class);
        Backend faulty = FaultyBackend.around(provider, new Faults())
                .create(TinyBackend.settings(directory.resolve("db")).build());
        for (Method part : instanceMethods(Backend.class)) {
            if (part.getParameterCount() == 0
                    && part.getReturnType() != Backend.Builder.class
                    && part.getReturnType() != Connector.class) {
                assertThat(part.invoke(faulty)).as(part.getName()).isSameAs(part.invoke(real));
            }
        }
    }

    private static List<Method> instanceMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    private record Call(String method, List<Object> arguments) {}

    /** Stands for a real part: writes down what it is asked, and answers what no default does. */
    private record Recorder(Map<Class<?>, Object> answers, Opening opening, List<Call> calls) {

        Recorder(Map<Class<?>, Object> answers, Opening opening) {
            this(answers, opening, new ArrayList<>());
        }

        <T> T as(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(
                    FaultyBackendForwardsTest.class.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> {
                        calls.add(new Call(method.getName(), arguments == null ? List.of() : List.of(arguments)));
                        return method.getReturnType() == Connection.class ? opening.open() : answer(method);
                    }));
        }

        @Nullable
        Object answer(Method method) {
            Class<?> type = method.getReturnType();
            return answers.getOrDefault(type, ANSWERS.get(type));
        }
    }

    private interface Opening {
        @Nullable
        Connection open() throws Exception;
    }
}
