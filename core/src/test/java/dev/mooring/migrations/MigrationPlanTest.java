package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final MigrationGraph graph = MigrationGraph.of(List.of(first, second, Migration.of("about", "1")));

    @Test
    void leavesOutWhatIsAppliedButKnowsTheTablesItMade() {
        MigrationPlan plan = MigrationPlan.of(graph, Set.of(first.id(), new MigrationId("about", "1")));

        assertThat(plan.migrations()).containsExactly(second);
        assertThat(plan.steps().get(0).before().table("post").columns()).hasSize(1);
    }

    @Test
    void namesEachAppOnce() {
        assertThat(MigrationPlan.of(graph, Set.of()).apps()).containsExactly("about", "blog");
    }

    @Test
    void isEmptyWhenAllIsAppliedWhateverElseIsToo() {
        Set<MigrationId> applied =
                Set.of(first.id(), second.id(), new MigrationId("about", "1"), new MigrationId("gone", "1"));

        assertThat(MigrationPlan.of(graph, applied).isEmpty()).isTrue();
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
}
