package dev.mooring.migrations;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts migrations in order, depth first, dependencies before what depends on them. Of several dependencies the one that
 * sorts last comes first: Django takes them from a stack, and its order must be met.
 *
 * <p>Keeps its own stack, for histories are longer than a thread's stack is deep.
 */
final class PlanBuilder {

    private final MigrationGraph graph;
    private final Map<MigrationId, Migration> plan = new LinkedHashMap<>();
    private final Set<MigrationId> path = new LinkedHashSet<>();

    PlanBuilder(MigrationGraph graph) {
        this.graph = graph;
    }

    PlanBuilder addAll(Collection<MigrationId> targets) {
        targets.forEach(this::add);
        return this;
    }

    List<Migration> migrations() {
        return List.copyOf(plan.values());
    }

    private void add(MigrationId target) {
        Deque<Visit> stack = new ArrayDeque<>();
        enter(target, stack);
        while (!stack.isEmpty()) {
            Visit visit = stack.element();
            if (visit.rest.hasNext()) {
                enter(visit.rest.next(), stack);
            } else {
                stack.remove();
                path.remove(visit.migration.id());
                plan.put(visit.migration.id(), visit.migration);
            }
        }
    }

    private void enter(MigrationId id, Deque<Visit> stack) {
        if (plan.containsKey(id)) {
            return;
        }
        if (!path.add(id)) {
            throw circle(id);
        }
        Migration migration = graph.node(id);
        stack.push(new Visit(
                migration,
                migration.dependencies().stream()
                        .sorted(Comparator.reverseOrder())
                        .iterator()));
    }

    private CircularDependencyException circle(MigrationId again) {
        List<MigrationId> circle = new ArrayList<>(path);
        circle.subList(0, circle.indexOf(again)).clear();
        circle.add(again);
        return new CircularDependencyException("Migrations wait for each other: "
                + String.join(
                        " needs ", circle.stream().map(MigrationId::toString).toList()));
    }

    private record Visit(Migration migration, Iterator<MigrationId> rest) {}
}
