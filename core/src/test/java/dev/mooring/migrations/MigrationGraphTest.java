package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MigrationGraphTest {

    @Test
    void plansDependenciesFirst() {
        MigrationGraph graph = graph(
                Migration.of("a", "1").after("b", "2"),
                Migration.of("b", "1"),
                Migration.of("b", "2").after("b", "1"));

        assertThat(names(graph.plan())).containsExactly("b.1", "b.2", "a.1");
    }

    @Test
    void takesTheLastOfSeveralDependenciesFirstAsDjangoDoes() {
        MigrationGraph graph = graph(
                Migration.of("a", "1"), Migration.of("a", "2").after("a", "1").after("c", "1"), Migration.of("c", "1"));

        assertThat(names(graph.plan())).containsExactly("c.1", "a.1", "a.2");
    }

    @Test
    void plansTheSameWhateverTheOrderItWasGiven() {
        List<Migration> migrations = new ArrayList<>(List.of(
                Migration.of("a", "1").after("b", "1").after("c", "1"),
                Migration.of("b", "1"),
                Migration.of("c", "1").after("b", "1"),
                Migration.of("d", "1")));
        List<String> plan = names(MigrationGraph.of(migrations).plan());

        Collections.reverse(migrations);

        assertThat(names(MigrationGraph.of(migrations).plan())).isEqualTo(plan);
    }

    @Test
    void hasOneLeafForEachAppWhateverOtherAppsNeed() {
        MigrationGraph graph = graph(
                Migration.of("a", "1"),
                Migration.of("a", "2").after("a", "1"),
                Migration.of("b", "1").after("a", "2"));

        assertThat(graph.leaves()).hasToString("[a.2, b.1]");
    }

    @Test
    void namesTheCircle() {
        assertThatExceptionOfType(CircularDependencyException.class)
                .isThrownBy(() -> graph(
                        Migration.of("a", "1").after("b", "1"),
                        Migration.of("b", "1").after("c", "1"),
                        Migration.of("c", "1").after("b", "1")))
                .withMessage("Migrations wait for each other: b.1 needs c.1 needs b.1");
    }

    @Test
    void namesAMissingDependencyAndWhoNeedsIt() {
        assertThatExceptionOfType(NodeNotFoundException.class)
                .isThrownBy(() -> graph(Migration.of("a", "2").after("a", "1")))
                .withMessageStartingWith("Migration a.2 depends on a.1, which does not exist");
    }

    @Test
    void refusesTwoMigrationsOfTheSameName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph(Migration.of("a", "1"), Migration.of("a", "1")))
                .withMessage("There are two migrations a.1");
    }

    @Test
    void refusesAHistoryWithAGap() {
        MigrationGraph graph =
                graph(Migration.of("a", "1"), Migration.of("a", "2").after("a", "1"));

        graph.requireConsistent(Set.of(new MigrationId("a", "1")), "default");
        assertThatExceptionOfType(InconsistentMigrationHistoryException.class)
                .isThrownBy(() -> graph.requireConsistent(Set.of(new MigrationId("a", "2")), "default"))
                .withMessageContainingAll("'default'", "a.2 was applied, but not a.1");
    }

    @Test
    void takesAHistoryLongerThanAStackIsDeep() {
        List<Migration> history = IntStream.range(0, 50_000)
                .mapToObj(i -> {
                    Migration migration = Migration.of("a", "%06d".formatted(i));
                    return i == 0 ? migration : migration.after("a", "%06d".formatted(i - 1));
                })
                .toList();

        assertThat(MigrationGraph.of(history).plan()).hasSize(50_000);
    }

    private static MigrationGraph graph(Migration... migrations) {
        return MigrationGraph.of(List.of(migrations));
    }

    private static List<String> names(List<Migration> plan) {
        return plan.stream().map(Migration::toString).toList();
    }
}
