package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MigrationLoaderTest {

    private static final List<Migration> SQUASHED = List.of(
            Migration.of("a", "1").after("z", "1"),
            Migration.of("a", "2").after("a", "1"),
            Migration.of("a", "3").after("a", "2_squashed"),
            Migration.of("a", "2_squashed").replacing("a", "1").replacing("a", "2"),
            Migration.of("b", "1").after("a", "2"),
            Migration.of("z", "1"));

    @Test
    void hasASquashStandForItsPartsWhenNoneIsApplied() {
        MigrationLoader loader = load(SQUASHED);

        assertThat(names(loader.graph().plan())).isEqualTo("z.1 a.2_squashed a.3 b.1");
        assertThat(loader.applied()).isEmpty();
    }

    @Test
    void hasASquashAppliedWhenAllItsPartsAre() {
        MigrationLoader loader = load(SQUASHED, "z.1", "a.1", "a.2");

        assertThat(names(MigrationPlan.of(loader).migrations())).isEqualTo("a.3 b.1");
        assertThat(loader.isApplied(new MigrationId("a", "2_squashed"))).isTrue();
        assertThat(loader.unrecordedSquashes()).hasToString("[a.2_squashed]");
    }

    @Test
    void leavesOutASquashOfWhichSomePartsAreApplied() {
        MigrationLoader loader = load(SQUASHED, "z.1", "a.1", "a.2_squashed");

        assertThat(names(MigrationPlan.of(loader).migrations())).isEqualTo("a.2 a.3 b.1");
        assertThat(loader.isApplied(new MigrationId("a", "2_squashed"))).isFalse();
    }

    @Test
    void keepsASquashWhosePartsWereDeleted() {
        List<Migration> rest = SQUASHED.stream()
                .filter(migration -> !Set.of("a.1", "a.2").contains(migration.toString()))
                .toList();

        assertThat(names(load(rest).graph().plan())).isEqualTo("a.2_squashed a.3 b.1 z.1");
        assertThat(names(MigrationPlan.of(load(rest, "a.1", "a.2", "a.2_squashed"))
                        .migrations()))
                .isEqualTo("a.3 b.1 z.1");
        assertThatExceptionOfType(NodeNotFoundException.class)
                .isThrownBy(() -> load(rest, "a.1"))
                .withMessageContaining("squash a.2_squashed cannot be used");
    }

    @Test
    void takesSquashesOfSquashes() {
        Migration outer =
                Migration.of("a", "3_squashed").replacing("a", "2_squashed").replacing("a", "3");
        List<Migration> all = new ArrayList<>(SQUASHED);
        all.add(outer);

        assertThat(names(load(all).graph().plan())).isEqualTo("z.1 a.3_squashed b.1");
        assertThat(names(MigrationPlan.of(load(all, "z.1", "a.1", "a.2")).migrations()))
                .isEqualTo("a.3 b.1");
        assertThat(names(MigrationPlan.of(load(all, "z.1", "a.1")).migrations()))
                .isEqualTo("a.2 a.3 b.1");
        assertThat(load(all).squashes().records(outer)).hasToString("[a.1, a.2, a.2_squashed, a.3, a.3_squashed]");
    }

    @Test
    void refusesSquashesThatReplaceEachOther() {
        assertThatExceptionOfType(CircularDependencyException.class)
                .isThrownBy(() -> load(List.of(
                        Migration.of("a", "1").replacing("a", "2"),
                        Migration.of("a", "2").replacing("a", "1"))))
                .withMessageContaining("[a.1, a.2]");
    }

    @Test
    void resolvesTheFirstAndTheLatestOfAnApp() {
        List<Migration> migrations = List.of(
                Migration.of("a", "1").after("b", Migration.LATEST),
                Migration.of("b", "1"),
                Migration.of("b", "2").after("b", "1"),
                Migration.of("c", "1").after("b", Migration.FIRST));

        MigrationGraph graph = load(migrations).graph();

        assertThat(graph.parents(new MigrationId("a", "1"))).hasToString("[b.2]");
        assertThat(graph.parents(new MigrationId("c", "1"))).hasToString("[b.1]");
        assertThatExceptionOfType(NodeNotFoundException.class)
                .isThrownBy(() -> load(List.of(Migration.of("a", "1").after("shop", Migration.FIRST))))
                .withMessage(
                        "Migration a.1 names the first migration of 'shop', but no app of that name has migrations");
    }

    @Test
    void runsAMigrationBeforeOneThatKnowsNothingOfIt() {
        assertThat(names(load(List.of(
                                Migration.of("a", "1"), Migration.of("z", "1").before("a", "1")))
                        .graph()
                        .plan()))
                .isEqualTo("z.1 a.1");
        assertThatExceptionOfType(NodeNotFoundException.class)
                .isThrownBy(() -> load(List.of(Migration.of("z", "1").before("a", "1"))))
                .withMessageStartingWith("Migration z.1 is to run before a.1, which does not exist");
    }

    @Test
    void listsSeveralLastMigrationsOfAnApp() {
        MigrationLoader loader = load(List.of(
                Migration.of("a", "1"),
                Migration.of("a", "2_price").after("a", "1"),
                Migration.of("a", "2_name").after("a", "1")));

        assertThat(loader.graph().conflicts()).hasToString("{a=[a.2_name, a.2_price]}");
        assertThatExceptionOfType(MigrationConflictException.class)
                .isThrownBy(() -> loader.requireSound("default"))
                .withMessageContainingAll("'a'", "2_name, 2_price");
    }

    @Test
    void doesNotCountASquashThatIsNotAppliedAsAGap() {
        load(SQUASHED, "z.1", "a.1", "a.2", "a.3", "b.1").requireSound("default");
        assertThatExceptionOfType(InconsistentMigrationHistoryException.class)
                .isThrownBy(() -> load(SQUASHED, "z.1", "a.1", "a.3").requireSound("default"))
                .withMessageContaining("a.3 was applied, but not a.2");
    }

    @Test
    void findsAMigrationByTheBeginningOfItsName() {
        MigrationLoader loader = load(
                List.of(Migration.of("a", "0001"), Migration.of("a", "0001_initial"), Migration.of("a", "0002_price")));

        assertThat(loader.find("a", "0002")).hasToString("a.0002_price");
        assertThat(loader.find("a", "0001")).hasToString("a.0001");
        assertThatExceptionOfType(AmbiguityException.class)
                .isThrownBy(() -> loader.find("a", "00"))
                .withMessageContainingAll("'a'", "'00'", "0001, 0001_initial, 0002_price");
        assertThatExceptionOfType(NodeNotFoundException.class)
                .isThrownBy(() -> loader.find("a", "0003"))
                .withMessageContainingAll("'a'", "'0003'");
        assertThatExceptionOfType(NodeNotFoundException.class)
                .isThrownBy(() -> loader.find("shop", "0001"))
                .withMessage("No app 'shop' has migrations, only a");
    }

    private static MigrationLoader load(List<Migration> migrations, String... recorded) {
        return MigrationLoader.of(
                migrations,
                Arrays.stream(recorded)
                        .map(name -> name.split("\\."))
                        .map(parts -> new MigrationId(parts[0], parts[1]))
                        .collect(Collectors.toSet()));
    }

    private static String names(List<Migration> plan) {
        return plan.stream().map(Migration::toString).collect(Collectors.joining(" "));
    }
}
