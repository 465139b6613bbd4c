package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link Database}, {@link Databases} and {@link DatabaseWrapper} offer of the same things. */
class DatabaseApiTest {

    /** What concerns the connection of one thread, or what that thread has open, and not the database. */
    private static final Set<String> OF_THE_WRAPPER = Set.of(
            "ensureConnection",
            "connection",
            "close",
            "closeIfUnusableOrObsolete",
            "isUsable",
            "pin",
            "queries",
            "resetQueries",
            "unfinished",
            "incThreadSharing",
            "decThreadSharing",
            "validateThreadSharing");

    private static final Set<String> SHORT_CUTS =
            Set.of("query", "queryMany", "execute", "executeMany", "stream", "atomic", "onCommit", "dataSource");

    @Test
    @DisplayName("Database has what the wrapper has, but for what concerns one thread's connection")
    void databaseHasWhatTheWrapperHas() {
        assertThat(signatures(Database.class, name -> true))
                .containsAll(signatures(DatabaseWrapper.class, name -> !OF_THE_WRAPPER.contains(name)))
                .noneMatch(signature -> OF_THE_WRAPPER.contains(signature.substring(0, signature.indexOf('('))));
    }

    @Test
    @DisplayName("Databases has the short cuts on the default database, in all their forms, and no others")
    void databasesHasTheShortCuts() {
        Set<String> ofBoth = signatures(Databases.class, name -> true);
        ofBoth.retainAll(signatures(Database.class, name -> true));
        ofBoth.removeIf(signature -> signature.startsWith("get(") || signature.startsWith("toString("));

        assertThat(ofBoth).isEqualTo(signatures(Database.class, SHORT_CUTS::contains));
    }

    /** {@return the names, parameters and results of the public methods with such names} */
    private static Set<String> signatures(Class<?> type, Predicate<String> name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> name.test(method.getName()))
                .map(DatabaseApiTest::signature)
                .collect(Collectors.toSet());
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.toString(method.getGenericParameterTypes()).replace('[', '(') + " "
                + method.getGenericReturnType().getTypeName();
    }
}
