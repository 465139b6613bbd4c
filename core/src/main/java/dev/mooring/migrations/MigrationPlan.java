package dev.mooring.migrations;

import dev.mooring.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The migrations that are still to be applied, in order, each with the tables it will find. Immutable. */
public final class MigrationPlan {

    private final List<Step> steps;

    private MigrationPlan(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    static MigrationPlan of(MigrationGraph graph, Set<MigrationId> applied) {
        List<Step> steps = new ArrayList<>();
        Schema state = Schema.empty();
        for (Migration migration : graph.plan()) {
            if (!applied.contains(migration.id())) {
                steps.add(new Step(migration, state));
            }
            state = migration.nextState(state);
        }
        return new MigrationPlan(steps);
    }

    /** {@return whether everything is applied} */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** {@return the migrations, in the order to apply them} */
    public List<Migration> migrations() {
        return steps.stream().map(Step::migration).toList();
    }

    /** {@return the labels of their apps, sorted, each once: what Django prints when a server starts} */
    public List<String> apps() {
        return migrations().stream()
                .map(migration -> migration.id().app())
                .distinct()
                .sorted()
                .toList();
    }

    List<Step> steps() {
        return steps;
    }

    record Step(Migration migration, Schema before) {}
}
