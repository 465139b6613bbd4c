package dev.mooring.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A method that a forwarding class forgets is the interface's default, and nothing says so. */
class ForwardingPartsTest {

    /** What is given, and answered by no default. */
    private static final Map<Class<?>, Object> VALUES = Map.of(
            int.class, 77,
            boolean.class, true,
            String.class, "seventy-seven",
            Duration.class, Duration.ofSeconds(77),
            Optional.class, Optional.of("77"),
            Set.class, Set.of("77"),
            List.class, List.of("77"),
            Collection.class, List.of("77"),
            Object.class, "77");

    private static final List<Part<?>> PARTS = List.of(
            new Part<>(Connector.class, real -> new ForwardingConnector(real) {}),
            new Part<>(TransactionControl.class, real -> new ForwardingTransactionControl(real) {}),
            new Part<>(Dialect.class, real -> new ForwardingDialect(real) {}),
            new Part<>(ValueCodec.class, real -> new ForwardingValueCodec(real) {}),
            new Part<>(ErrorClassifier.class, real -> new ForwardingErrorClassifier(real) {}),
            new Part<>(SessionRules.class, real -> new ForwardingSessionRules(real) {}),
            new Part<>(Introspector.class, real -> new ForwardingIntrospector(real) {}),
            new Part<>(SchemaGenerator.class, real -> new ForwardingSchemaGenerator(real) {}),
            new Part<>(TableMaintenance.class, real -> new ForwardingTableMaintenance(real) {}));

    static List<Case> methods() {
        List<Case> methods = new ArrayList<>();
        for (Part<?> part : PARTS) {
            Arrays.stream(part.type().getMethods())
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .forEach(method -> methods.add(new Case(part, method)));
        }
        return methods;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    @DisplayName("Each method reaches the part that is forwarded to, with its arguments, and its answer comes back")
    void forwards(Case each) throws Exception {
        List<String> calls = new ArrayList<>();
        Object answer = VALUES.get(each.method().getReturnType());

        @Nullable
        Object[] arguments = Arrays.stream(each.method().getParameterTypes())
                .map(VALUES::get)
                .toArray();
        Object seen = each.method().invoke(each.part().over(calls, answer), arguments);

        assertThat(calls).containsExactly(call(each.method(), arguments));
        assertThat(seen).isEqualTo(answer);
    }

    @Test
    @DisplayName("Every part of a backend that is an interface has a forwarding class")
    void areComplete() {
        List<Class<?>> interfaces = Arrays.stream(Backend.class.getMethods())
                .<Class<?>>map(Method::getReturnType)
                .filter(Class::isInterface)
                .toList();

        assertThat(interfaces)
                .containsExactlyInAnyOrderElementsOf(
                        PARTS.stream().<Class<?>>map(Part::type).toList());
    }

    private static String call(Method method, @Nullable Object @Nullable [] arguments) {
        return method + Arrays.toString(arguments == null ? new Object[0] : arguments);
    }

    private record Part<T>(Class<T> type, Function<T, T> forwarding) {

        Object over(List<String> calls, @Nullable Object answer) {
            Object real = Proxy.newProxyInstance(
                    ForwardingPartsTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                        calls.add(call(method, arguments));
                        return answer;
                    });
            return forwarding.apply(type.cast(real));
        }
    }

    private record Case(Part<?> part, Method method) {

        @Override
        public String toString() {
            return part.type().getSimpleName() + "." + method.getName();
        }
    }
}
