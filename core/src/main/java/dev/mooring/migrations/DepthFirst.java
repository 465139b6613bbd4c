package dev.mooring.migrations;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts migrations in order, depth first, each after all that it leads to. Of several the one that sorts last comes first:
 * Django takes them from a stack, and its order must be met.
 *
 * <p>Keeps its own stack, for histories are longer than a thread's stack is deep.
 */
final class DepthFirst {

    private final Function<MigrationId, Set<MigrationId>> next;
    private final Set<MigrationId> order = new LinkedHashSet<>();
    private final Set<MigrationId> path = new LinkedHashSet<>();

    DepthFirst(Function<MigrationId, Set<MigrationId>> next) {
        this.next = next;
    }

    DepthFirst addAll(Collection<MigrationId> targets) {
        targets.forEach(this::add);
        return this;
    }

    List<MigrationId> order() {
        return List.copyOf(order);
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
                path.remove(visit.id);
                order.add(visit.id);
            }
        }
    }

    private void enter(MigrationId id, Deque<Visit> stack) {
        if (order.contains(id)) {
            return;
        }
        if (!path.add(id)) {
            throw circle(id);
        }
        stack.push(new Visit(
                id, next.apply(id).stream().sorted(Comparator.reverseOrder()).iterator()));
    }

    private CircularDependencyException circle(MigrationId again) {
        List<MigrationId> circle = new ArrayList<>(path);
        circle.subList(0, circle.indexOf(again)).clear();
        circle.add(again);
        return new CircularDependencyException("Migrations wait for each other: "
                + String.join(
                        " needs ", circle.stream().map(MigrationId::toString).toList()));
    }

    private record Visit(MigrationId id, Iterator<MigrationId> rest) {}
}
