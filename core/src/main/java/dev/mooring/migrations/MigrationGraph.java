package dev.mooring.migrations;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All migrations and what each depends on. Immutable; complete and free of cycles once it is made. */
public final class MigrationGraph {

    private final SortedMap<MigrationId, Migration> nodes;

    private MigrationGraph(SortedMap<MigrationId, Migration> nodes) {
        this.nodes = nodes;
    }

    /**
     * {@return the graph of these migrations, given in any order}
     *
     * @throws NodeNotFoundException if one depends on a migration that is not among them
     * @throws CircularDependencyException if one waits for itself, directly or not
     * @throws IllegalArgumentException if two have the same app and name
     */
    public static MigrationGraph of(Collection<Migration> migrations) {
        SortedMap<MigrationId, Migration> nodes = new TreeMap<>();
        for (Migration migration : migrations) {
            if (nodes.put(migration.id(), migration) != null) {
                throw new IllegalArgumentException("There are two migrations " + migration);
            }
        }
        MigrationGraph graph = new MigrationGraph(nodes);
        graph.requireDependencies();
        new PlanBuilder(graph).addAll(nodes.keySet());
        return graph;
    }

    /** {@return every migration in the order to apply them: Django's for the same migrations} */
    public List<Migration> plan() {
        return new PlanBuilder(this).addAll(leaves()).migrations();
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

    /** {@return the last migrations of each app, sorted; more than one of an app is a conflict} */
    public List<MigrationId> leaves() {
        Set<MigrationId> leaves = new LinkedHashSet<>(nodes.keySet());
        for (Migration migration : nodes.values()) {
            migration.dependencies().stream()
                    .filter(dependency -> dependency.app().equals(migration.id().app()))
                    .forEach(leaves::remove);
        }
        return List.copyOf(leaves);
    }

    /**
     * Makes sure that whatever a migration depends on was applied if it was.
     *
     * @throws InconsistentMigrationHistoryException if not
     */
    void requireConsistent(Set<MigrationId> applied, String alias) {
        for (Migration migration : nodes.values()) {
            if (applied.contains(migration.id())) {
                requireDependencies(migration, applied, alias);
            }
        }
    }

    private static void requireDependencies(Migration migration, Set<MigrationId> applied, String alias) {
        for (MigrationId dependency : migration.dependencies()) {
            if (!applied.contains(dependency)) {
                throw new InconsistentMigrationHistoryException("The ledger of database '" + alias + "' says that "
                        + migration + " was applied, but not " + dependency + ", on which it depends;"
                        + " correct the rows of django_migrations by hand");
            }
        }
    }

    private void requireDependencies() {
        for (Migration migration : nodes.values()) {
            List<MigrationId> missing = new ArrayList<>(migration.dependencies());
            missing.removeAll(nodes.keySet());
            if (!missing.isEmpty()) {
                throw new NodeNotFoundException("Migration " + migration + " depends on " + missing.get(0)
                        + ", which does not exist; add it, or correct the dependency");
            }
        }
    }
}
