package dev.mooring.migrations;

import com.google.common.graph.ImmutableGraph;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Migrations and what each depends on. Immutable; complete and free of cycles once it is made. */
public final class MigrationGraph {

    private final SortedMap<MigrationId, Migration> nodes;
    /** An edge leads from a migration to one that it needs. */
    private final ImmutableGraph<MigrationId> needs;

    MigrationGraph(SortedMap<MigrationId, Migration> nodes, ImmutableGraph<MigrationId> needs) {
        this.nodes = nodes;
        this.needs = needs;
        new DepthFirst(needs::successors).addAll(nodes.keySet());
    }

    /**
     * {@return the graph of these migrations, given in any order, where nothing is applied: squashes stand for what they
     * replace}
     *
     * @throws NodeNotFoundException if one depends on a migration that is not among them
     * @throws CircularDependencyException if one waits for itself, directly or not
     * @throws IllegalArgumentException if two have the same app and name
     */
    public static MigrationGraph of(Collection<Migration> migrations) {
        return MigrationLoader.of(migrations, Set.of()).graph();
    }

    /** {@return every migration in the order to apply them: Django's for the same migrations} */
    public List<Migration> plan() {
        return migrations(new DepthFirst(needs::successors).addAll(leaves()));
    }

    /** {@return that migration and all it needs, in the order to apply them} */
    public List<Migration> forwardsPlan(MigrationId id) {
        node(id);
        return migrations(new DepthFirst(needs::successors).addAll(List.of(id)));
    }

    /** {@return that migration and all that needs it, in the order to undo them} */
    public List<Migration> backwardsPlan(MigrationId id) {
        node(id);
        return migrations(new DepthFirst(needs::predecessors).addAll(List.of(id)));
    }

    /**
     * {@return that migration}
     *
     * @throws NodeNotFoundException if there is none
     */
    public Migration node(MigrationId id) {
        Migration migration = nodes.get(id);
        if (migration == null) {
            throw new NodeNotFoundException("There is no migration " + id);
        }
        return migration;
    }

    /** {@return whether that migration is in here; one that a squash stands for is not} */
    public boolean contains(MigrationId id) {
        return nodes.containsKey(id);
    }

    /** {@return what that migration needs, of any app, sorted} */
    public SortedSet<MigrationId> parents(MigrationId id) {
        return new TreeSet<>(needs.successors(node(id).id()));
    }

    /** {@return what needs that migration, of any app, sorted} */
    public SortedSet<MigrationId> children(MigrationId id) {
        return new TreeSet<>(needs.predecessors(node(id).id()));
    }

    /** {@return the first migrations of each app, sorted} What other apps need of them or they of others does not count. */
    public List<MigrationId> roots() {
        return nodes.keySet().stream()
                .filter(id -> ofSameApp(id, needs.successors(id)).isEmpty())
                .toList();
    }

    /** {@return the last migrations of each app, sorted; more than one of an app is a conflict} */
    public List<MigrationId> leaves() {
        return nodes.keySet().stream()
                .filter(id -> ofSameApp(id, needs.predecessors(id)).isEmpty())
                .toList();
    }

    /** {@return the last migrations of each app that has more than one: Django's {@code detect_conflicts}} */
    public Map<String, List<MigrationId>> conflicts() {
        Map<String, List<MigrationId>> conflicts =
                leaves().stream().collect(Collectors.groupingBy(MigrationId::app, TreeMap::new, Collectors.toList()));
        conflicts.values().removeIf(leaves -> leaves.size() < 2);
        return conflicts;
    }

    /**
     * Makes sure that whatever a migration depends on was applied if it was.
     *
     * @throws InconsistentMigrationHistoryException if not
     */
    void requireConsistent(Set<MigrationId> applied, String alias) {
        for (MigrationId id : nodes.keySet()) {
            if (applied.contains(id)) {
                requireParents(id, applied, alias);
            }
        }
    }

    private void requireParents(MigrationId id, Set<MigrationId> applied, String alias) {
        for (MigrationId parent : parents(id)) {
            if (!applied.contains(parent)) {
                throw new InconsistentMigrationHistoryException("The ledger of database '" + alias + "' says that " + id
                        + " was applied, but not " + parent + ", on which it depends;"
                        + " correct the rows of django_migrations by hand");
            }
        }
    }

    /** {@return those of {@code others} that belong to the app of {@code id}, sorted} */
    static SortedSet<MigrationId> ofSameApp(MigrationId id, Set<MigrationId> others) {
        return others.stream()
                .filter(other -> other.app().equals(id.app()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Migration> migrations(DepthFirst search) {
        return search.order().stream().map(this::node).toList();
    }
}
