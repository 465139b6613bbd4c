package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Schema;
import dev.mooring.schema.Table;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MigrationPlanTest {

    private final Migration first =
            Migration.of("blog", "1").with(Operations.createTable(Table.of("post", Column.auto("id"))));
    private final Migration second = Migration.of("blog", "2")
            .after("blog", "1")
            .with(Operations.addColumn("post", Column.of("title", ColumnType.varchar(50))));
    private final List<Migration> all = List.of(first, second, Migration.of("about", "1"));

    @Test
    void leavesOutWhatIsAppliedButKnowsTheTablesItMade() {
        MigrationPlan plan = plan(Set.of(first.id(), new MigrationId("about", "1")));

        assertThat(plan.migrations()).containsExactly(second);
        assertThat(plan.steps().get(0).before().table("post").columns()).hasSize(1);
    }

    @Test
    void namesEachAppOnce() {
        assertThat(plan(Set.of()).apps()).containsExactly("about", "blog");
    }

    @Test
    void isEmptyWhenAllIsAppliedWhateverElseIsToo() {
        Set<MigrationId> applied =
                Set.of(first.id(), second.id(), new MigrationId("about", "1"), new MigrationId("gone", "1"));

        assertThat(plan(applied).isEmpty()).isTrue();
    }

    @Test
    void followsATableThroughItsOperations() {
        Migration third = Migration.of("blog", "3")
                .with(Operations.alterColumn(
                        "post", Column.of("title", ColumnType.TEXT).nullable()))
                .with(Operations.removeColumn("post", "title"))
                .with(Operations.dropTable("post"));
        Schema schema = second.nextState(first.nextState(Schema.empty()));

        assertThat(schema.table("post").columns()).hasSize(2);
        assertThat(third.nextState(schema).tables()).isEmpty();
    }

    @Test
    void undoesWhatComesAfterTheTargetInItsAppAndWhatDependsOnThat() {
        Migration other = Migration.of("shop", "1").after("blog", "2");
        Migration further = Migration.of("zoo", "1").after("blog", "1");
        MigrationPlan plan = MigrationPlan.of(
                MigrationLoader.of(
                        List.of(first, second, other, further),
                        Set.of(first.id(), second.id(), other.id(), further.id())),
                List.of(MigrationTarget.of(first.id())));

        assertThat(plan.isBackwards()).isTrue();
        assertThat(plan.migrations()).containsExactly(other, second);
        assertThat(plan.steps().get(1).before().table("post").columns()).hasSize(1);
    }

    @Test
    void undoesAnAppAndWhatDependsOnItForZero() {
        Migration further = Migration.of("zoo", "1").after("blog", "1");
        MigrationPlan plan = MigrationPlan.of(
                MigrationLoader.of(List.of(first, second, further), Set.of(first.id(), second.id(), further.id())),
                List.of(MigrationTarget.zero("blog")));

        assertThat(plan.migrations()).containsExactly(further, second, first);
    }

    @Test
    void goesNoFurtherThanTheTarget() {
        MigrationPlan plan =
                MigrationPlan.of(MigrationLoader.of(all, Set.of()), List.of(MigrationTarget.of(first.id())));

        assertThat(plan.isBackwards()).isFalse();
        assertThat(plan.migrations()).containsExactly(first);
    }

    @Test
    void refusesToGoBothWays() {
        assertThatExceptionOfType(InvalidMigrationPlanException.class)
                .isThrownBy(() -> MigrationPlan.of(
                        MigrationLoader.of(all, Set.of(first.id(), second.id())),
                        List.of(MigrationTarget.zero("blog"), MigrationTarget.of(new MigrationId("about", "1")))))
                .withMessageContainingAll("apply [about.1]", "undo [blog.2, blog.1]");
    }

    @Test
    void goesBackToAMigrationThatASquashStandsFor() {
        Migration squash = Migration.of("blog", "1_to_2").replacing("blog", "1").replacing("blog", "2");
        MigrationLoader loader =
                MigrationLoader.of(List.of(first, second, squash), Set.of(first.id(), second.id(), squash.id()));

        assertThat(loader.graph().contains(first.id())).isFalse();
        assertThat(MigrationPlan.of(loader, List.of(MigrationTarget.of(first.id())))
                        .migrations())
                .containsExactly(second);
    }

    @Test
    void refusesAnAppThatIsNotThere() {
        assertThatExceptionOfType(NodeNotFoundException.class)
                .isThrownBy(() ->
                        MigrationPlan.of(MigrationLoader.of(all, Set.of()), List.of(MigrationTarget.zero("shop"))))
                .withMessage("No app 'shop' has migrations, only about, blog");
    }

    private MigrationPlan plan(Set<MigrationId> applied) {
        return MigrationPlan.of(MigrationLoader.of(all, applied));
    }
}
