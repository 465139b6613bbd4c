package dev.mooring.parity;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import dev.mooring.parity.Checklist.Entry;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Which tests stand for which entries of the checklist, and what is wrong with that. */
final class Coverage {

    /** One test, for one entry. */
    record Cover(String id, Method test) {

        Django remarks() {
            return test.getAnnotation(Django.class);
        }

        String name() {
            return test.getDeclaringClass().getSimpleName() + "." + test.getName();
        }

        /** {@return the databases on which it runs; none if it does not} */
        private List<String> databases() {
            Class<?> home = test.getDeclaringClass();
            boolean runs = test.isAnnotationPresent(Test.class) || test.isAnnotationPresent(ParameterizedTest.class);
            if (!runs || test.isAnnotationPresent(Disabled.class) || home.isAnnotationPresent(Disabled.class)) {
                return List.of();
            } else if (home.isAnnotationPresent(EveryWorld.class) || home.isAnnotationPresent(EveryEngine.class)) {
                return List.of("postgresql", "sqlite");
            } else if (home.isAnnotationPresent(NoDatabase.class)) {
                return List.of(Entry.NO_DATABASE);
            } else if (home.isAnnotationPresent(PostgresWorlds.class)) {
                return List.of("postgresql");
            }
            return home.isAnnotationPresent(SqliteWorlds.class) ? List.of("sqlite") : List.of();
        }
    }

    private final Checklist checklist;
    private final ImmutableListMultimap<String, Cover> covers;

    Coverage(Checklist checklist, Stream<Class<?>> classes) {
        this.checklist = checklist;
        this.covers = Multimaps.index(
                classes.flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .flatMap(Coverage::covers)
                        .sorted(Comparator.comparing(Cover::name))
                        .toList(),
                Cover::id);
    }

    private static Stream<Cover> covers(Method method) {
        Django django = method.getAnnotation(Django.class);
        return django == null ? Stream.of() : Arrays.stream(django.value()).map(id -> new Cover(id, method));
    }

    List<Cover> of(Entry entry) {
        return covers.get(entry.id());
    }

    /** {@return what does not fit, a line each} */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<String> known = checklist.entries().stream().map(Entry::id).toList();
        covers.values().stream()
                .filter(cover -> !known.contains(cover.id()))
                .forEach(cover -> problems.add(cover.name() + " stands for " + cover.id() + ", which is no entry"));
        known.stream()
                .distinct()
                .filter(id -> known.indexOf(id) != known.lastIndexOf(id))
                .forEach(id -> problems.add(id + " is there twice"));
        checklist.entries().forEach(entry -> check(entry, problems));
        return problems;
    }

    private void check(Entry entry, List<String> problems) {
        List<Cover> tests = of(entry);
        if (tests.isEmpty() != entry.isExcused()) {
            problems.add(
                    entry.id() + (tests.isEmpty() ? " has neither a test nor a reason" : " has a test and a reason"));
        } else if (!tests.isEmpty()) {
            checkDatabases(entry, tests, problems);
        }
        if (!entry.notInJava().isEmpty() && !entry.missing().isEmpty()) {
            problems.add(entry.id() + " has two reasons");
        }
    }

    private static void checkDatabases(Entry entry, List<Cover> tests, List<String> problems) {
        List<String> wanted = entry.onlyOn().isEmpty() ? List.of("postgresql", "sqlite") : List.of(entry.onlyOn());
        List<String> covered = tests.stream()
                .flatMap(cover -> cover.databases().stream())
                .distinct()
                .sorted()
                .toList();
        if (!covered.equals(wanted)) {
            problems.add("%s is to be tried on %s in both scopes, but is on %s".formatted(entry.id(), wanted, covered));
        }
        tests.stream()
                .filter(cover -> cover.databases().isEmpty())
                .forEach(cover -> problems.add(cover.name() + " does not run in every world"));
    }
}
