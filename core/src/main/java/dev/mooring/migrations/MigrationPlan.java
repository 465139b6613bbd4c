package dev.mooring.migrations;

import dev.mooring.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The migrations to apply, or to undo, in order, each with the tables as they are without it. Immutable. */
public final class MigrationPlan {

    private final MigrationGraph graph;
    private final List<Step> steps;
    private final boolean backwards;

    private MigrationPlan(MigrationGraph graph, List<Step> steps, boolean backwards) {
        this.graph = graph;
        this.steps = List.copyOf(steps);
        this.backwards = backwards;
    }

    /** {@return the plan that brings everything up to date} */
    static MigrationPlan of(MigrationLoader loader) {
        List<MigrationTarget> leaves =
                loader.graph().leaves().stream().map(MigrationTarget::of).toList();
        return of(loader, leaves);
    }

    static MigrationPlan of(MigrationLoader loader, List<MigrationTarget> targets) {
        boolean hidden = targets.stream()
                .flatMap(target -> target.migration().stream())
                .anyMatch(id -> loader.contains(id) && !loader.graph().contains(id) && loader.isApplied(id));
        if (hidden) {
            return of(loader.withoutReplacing(), targets);
        }
        Set<MigrationId> applied = new LinkedHashSet<>(loader.applied());
        Set<Migration> forwards = new LinkedHashSet<>();
        Set<Migration> backwards = new LinkedHashSet<>();
        for (MigrationTarget target : targets) {
            for (MigrationId first : undone(loader, target, applied)) {
                for (Migration migration : loader.graph().backwardsPlan(first)) {
                    if (applied.remove(migration.id())) {
                        backwards.add(migration);
                    }
                }
            }
            target.migration().filter(id -> !applied.contains(id)).ifPresent(id -> {
                for (Migration migration : loader.graph().forwardsPlan(id)) {
                    if (applied.add(migration.id())) {
                        forwards.add(migration);
                    }
                }
            });
        }
        if (!forwards.isEmpty() && !backwards.isEmpty()) {
            throw new InvalidMigrationPlanException("The targets " + targets + " would apply " + forwards + " and undo "
                    + backwards + "; do one after the other");
        }
        return backwards.isEmpty() ? forwards(loader, forwards) : backwards(loader, backwards);
    }

    /** {@return the plan that applies, or undoes, just this migration, whatever is applied: to look at} */
    static MigrationPlan only(MigrationGraph graph, Migration migration, boolean backwards) {
        Schema state = Schema.empty();
        for (Migration earlier : graph.forwardsPlan(migration.id())) {
            state = earlier.id().equals(migration.id()) ? state : earlier.nextState(state);
        }
        return new MigrationPlan(graph, List.of(new Step(migration, state)), backwards);
    }

    /** {@return the migrations that have to go first for the app to be at its target; others go with them} */
    private static List<MigrationId> undone(MigrationLoader loader, MigrationTarget target, Set<MigrationId> applied) {
        MigrationGraph graph = loader.graph();
        if (target.migration().isEmpty()) {
            loader.requireApp(target.app());
            return graph.roots().stream()
                    .filter(root -> root.app().equals(target.app()))
                    .toList();
        }
        MigrationId id = target.migration().get();
        return applied.contains(id) ? List.copyOf(MigrationGraph.ofSameApp(id, graph.children(id))) : List.of();
    }

    /** In the order of the whole history, with all tables that are there already. */
    private static MigrationPlan forwards(MigrationLoader loader, Set<Migration> wanted) {
        Schema state = Schema.empty();
        List<Migration> history = loader.graph().plan();
        for (Migration migration : history) {
            if (loader.isApplied(migration.id())) {
                state = migration.nextState(state);
            }
        }
        List<Step> steps = new ArrayList<>();
        for (Migration migration : history) {
            if (wanted.contains(migration)) {
                steps.add(new Step(migration, state));
                state = migration.nextState(state);
            }
        }
        return new MigrationPlan(loader.graph(), steps, false);
    }

    private static MigrationPlan backwards(MigrationLoader loader, Set<Migration> wanted) {
        Map<Migration, Schema> before = new HashMap<>();
        Schema state = Schema.empty();
        for (Migration migration : loader.graph().plan()) {
            if (loader.isApplied(migration.id())) {
                before.put(migration, state);
                state = migration.nextState(state);
            }
        }
        return new MigrationPlan(
                loader.graph(),
                wanted.stream()
                        .map(migration -> new Step(migration, before.getOrDefault(migration, Schema.empty())))
                        .toList(),
                true);
    }

    /** {@return whether there is nothing to do} */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** {@return whether migrations are undone rather than applied} */
    public boolean isBackwards() {
        return backwards;
    }

    /** {@return the migrations, in the order to apply or undo them} */
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

    MigrationGraph graph() {
        return graph;
    }

    List<Step> steps() {
        return steps;
    }

    record Step(Migration migration, Schema before) {}
}
