package dev.mooring.migrations;

import com.google.common.graph.GraphBuilder;
import com.google.common.graph.ImmutableGraph;
import com.google.common.graph.MutableGraph;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the graph, in Django's steps: dependencies within the apps, then those between them, for which the first and the
 * last of each app must be known, then the squashes, then the check that nothing is missing.
 */
final class MigrationGraphBuilder {

    private final SortedMap<MigrationId, Migration> nodes;
    private final MutableGraph<MigrationId> needs =
            GraphBuilder.directed().allowsSelfLoops(true).build();
    private final Squashes squashes;

    MigrationGraphBuilder(SortedMap<MigrationId, Migration> migrations, Squashes squashes) {
        this.nodes = new TreeMap<>(migrations);
        this.squashes = squashes;
        nodes.keySet().forEach(needs::addNode);
        nodes.values().forEach(this::connectWithinApp);
        ImmutableGraph<MigrationId> apps = ImmutableGraph.copyOf(needs);
        nodes.values().forEach(migration -> connectWithOthers(migration, apps));
    }

    /** Puts the squashes that can be used in the place of what they replace, and leaves the others out. */
    MigrationGraphBuilder replace(Set<MigrationId> applied) {
        for (Migration squash : squashes.innermostFirst()) {
            requireNoCircle(squash);
            if (squashes.isHalfApplied(squash, applied)) {
                leaveOut(squash);
            } else {
                useInstead(squash);
            }
        }
        return this;
    }

    MigrationGraph build() {
        for (MigrationId id : new TreeSet<>(needs.nodes())) {
            if (!nodes.containsKey(id)) {
                throw missing(id);
            }
        }
        return new MigrationGraph(nodes, ImmutableGraph.copyOf(needs));
    }

    private void connectWithinApp(Migration migration) {
        for (MigrationId parent : migration.dependencies()) {
            if (parent.app().equals(migration.id().app()) && !parent.name().equals(Migration.FIRST)) {
                needs.putEdge(migration.id(), parent);
            }
        }
    }

    private void connectWithOthers(Migration migration, ImmutableGraph<MigrationId> apps) {
        MigrationId id = migration.id();
        for (MigrationId parent : migration.dependencies()) {
            if (!parent.app().equals(id.app())) {
                needs.putEdge(id, resolve(parent, migration, apps));
            }
        }
        for (MigrationId child : migration.runBefore()) {
            needs.putEdge(resolve(child, migration, apps), id);
        }
    }

    private MigrationId resolve(MigrationId named, Migration by, ImmutableGraph<MigrationId> apps) {
        boolean first = named.name().equals(Migration.FIRST);
        if (!first && !named.name().equals(Migration.LATEST)) {
            return named;
        }
        return nodes.keySet().stream()
                .filter(id -> id.app().equals(named.app()))
                .filter(id -> MigrationGraph.ofSameApp(id, first ? apps.successors(id) : apps.predecessors(id))
                        .isEmpty())
                .findFirst()
                .orElseThrow(() -> new NodeNotFoundException("Migration " + by + " names the "
                        + (first ? "first" : "latest") + " migration of '" + named.app()
                        + "', but no app of that name has migrations"));
    }

    /** One that comes after a squash cannot be a part of it; taken for that part, it would never be applied. */
    private void requireNoCircle(Migration squash) {
        MigrationId id = squash.id();
        for (MigrationId replaced : squash.replaces()) {
            boolean known = !replaced.equals(id) && needs.nodes().contains(replaced);
            if (known && (needs.hasEdgeConnecting(replaced, id) || needs.hasEdgeConnecting(id, replaced))) {
                throw new CircularDependencyException("Migration " + replaced + " is replaced by " + squash
                        + ", and one of the two depends on the other; if it is a new migration that was given the name of a"
                        + " replaced one, give it another name, or take the name out of what " + squash
                        + " replaces once every"
                        + " database has applied it, and its row out of django_migrations");
            }
        }
    }

    private void useInstead(Migration squash) {
        Set<MigrationId> inside = new HashSet<>(squash.replaces());
        inside.add(squash.id());
        for (MigrationId replaced : squash.replaces()) {
            if (needs.nodes().contains(replaced) && !replaced.equals(squash.id())) {
                outside(needs.predecessors(replaced), inside).forEach(child -> needs.putEdge(child, squash.id()));
                outside(needs.successors(replaced), inside).forEach(parent -> needs.putEdge(squash.id(), parent));
                needs.removeNode(replaced);
                nodes.remove(replaced);
            }
        }
    }

    private static List<MigrationId> outside(Set<MigrationId> ids, Set<MigrationId> inside) {
        return ids.stream().filter(id -> !inside.contains(id)).toList();
    }

    private void leaveOut(Migration squash) {
        Set<MigrationId> last = new TreeSet<>(squash.replaces());
        last.retainAll(needs.nodes());
        List.copyOf(last).forEach(replaced -> last.removeAll(needs.successors(replaced)));
        for (MigrationId child : List.copyOf(needs.predecessors(squash.id()))) {
            last.forEach(replaced -> needs.putEdge(child, replaced));
        }
        needs.removeNode(squash.id());
        nodes.remove(squash.id());
        if (last.isEmpty()) {
            throw new NodeNotFoundException("The squash " + squash + " cannot be used, for some of what it replaces is"
                    + " applied and some is not; and the migrations that it replaces do not exist any more");
        }
    }

    private NodeNotFoundException missing(MigrationId id) {
        String who = needs.predecessors(id).stream()
                .sorted()
                .findFirst()
                .map(child -> "Migration " + child + " depends on ")
                .orElseGet(() -> "Migration " + new TreeSet<>(needs.successors(id)).first() + " is to run before ");
        String wayOut = squashes.of(id)
                .map(squash -> "; its squash " + squash + " cannot be used, for some of what that replaces is applied"
                        + " and some is not")
                .orElse("; add it, or correct the dependency");
        return new NodeNotFoundException(who + id + ", which does not exist" + wayOut);
    }
}
