package dev.mooring.migrations;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All migrations there are, and what a ledger said of them at one moment: Django's loader. Immutable. */
public final class MigrationLoader {

    private final SortedMap<MigrationId, Migration> migrations;
    private final Set<MigrationId> recorded;
    private final Squashes squashes;
    private final Set<MigrationId> applied;
    private final MigrationGraph graph;

    private MigrationLoader(
            SortedMap<MigrationId, Migration> migrations, Set<MigrationId> recorded, boolean replacing) {
        this.migrations = migrations;
        this.recorded = new LinkedHashSet<>(recorded);
        this.squashes = new Squashes(migrations);
        this.applied = squashes.applied(recorded);
        MigrationGraphBuilder builder = new MigrationGraphBuilder(migrations, squashes);
        this.graph = (replacing ? builder.replace(recorded) : builder).build();
    }

    /**
     * {@return these migrations, given in any order, of which those in {@code recorded} are in the ledger}
     *
     * @throws NodeNotFoundException if one depends on a migration that is not among them
     * @throws CircularDependencyException if one waits for itself, directly or not
     * @throws IllegalArgumentException if two have the same app and name
     */
    public static MigrationLoader of(Collection<Migration> migrations, Set<MigrationId> recorded) {
        SortedMap<MigrationId, Migration> byId = new TreeMap<>();
        for (Migration migration : migrations) {
            if (byId.put(migration.id(), migration) != null) {
                throw new IllegalArgumentException("There are two migrations " + migration);
            }
        }
        return new MigrationLoader(byId, recorded, true);
    }

    /**
     * {@return the graph} A squash stands in it for what it replaces if all of that is applied or none; if some is, the
     * squash is left out.
     */
    public MigrationGraph graph() {
        return graph;
    }

    /** {@return what is applied; a squash is if all is that it replaces} */
    public Set<MigrationId> applied() {
        return Set.copyOf(applied);
    }

    /** {@return whether that migration is applied} */
    public boolean isApplied(MigrationId id) {
        return applied.contains(id);
    }

    /** {@return the apps that have migrations} */
    public SortedSet<String> apps() {
        return migrations.keySet().stream().map(MigrationId::app).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * {@return the migration that is called so, or the only one whose name begins so}
     *
     * @throws NodeNotFoundException if there is no such app or migration
     * @throws AmbiguityException if several begin so
     */
    public Migration find(String app, String prefix) {
        requireApp(app);
        List<Migration> ofApp = migrations.values().stream()
                .filter(migration -> migration.id().app().equals(app))
                .toList();
        List<Migration> found = named(ofApp, name -> name.equals(prefix));
        if (found.isEmpty()) {
            found = named(ofApp, name -> name.startsWith(prefix));
        }
        if (found.size() > 1) {
            throw new AmbiguityException("More than one migration of the app '" + app + "' begins with '" + prefix
                    + "': " + names(ids(found)) + "; write more of the name");
        }
        if (found.isEmpty()) {
            throw new NodeNotFoundException("The app '" + app + "' has no migration that begins with '" + prefix
                    + "', only " + names(ids(ofApp)));
        }
        return found.get(0);
    }

    /**
     * Makes sure that there is such an app.
     *
     * @throws NodeNotFoundException if not
     */
    public void requireApp(String app) {
        if (!apps().contains(app)) {
            throw new NodeNotFoundException("No app '" + app + "' has migrations, only " + String.join(", ", apps()));
        }
    }

    /**
     * Makes sure that the history has no gap and each app one last migration.
     *
     * @throws InconsistentMigrationHistoryException if a migration was applied before one that it depends on
     * @throws MigrationConflictException if an app has more than one last migration
     */
    void requireSound(String alias) {
        graph.requireConsistent(applied, alias);
        graph.conflicts().forEach((app, leaves) -> {
            throw new MigrationConflictException("The app '" + app + "' has more than one last migration: "
                    + names(leaves) + "; have one depend on the other, or write one that depends on both");
        });
    }

    /** {@return the same with no squash in the place of what it replaces} */
    MigrationLoader withoutReplacing() {
        return new MigrationLoader(migrations, recorded, false);
    }

    List<MigrationId> unrecordedSquashes() {
        return squashes.unrecorded(recorded);
    }

    boolean contains(MigrationId id) {
        return migrations.containsKey(id);
    }

    Squashes squashes() {
        return squashes;
    }

    private static String names(List<MigrationId> ids) {
        return ids.stream().map(MigrationId::name).collect(joining(", "));
    }

    private static List<Migration> named(List<Migration> migrations, Predicate<String> which) {
        return migrations.stream()
                .filter(migration -> which.test(migration.id().name()))
                .toList();
    }

    private static List<MigrationId> ids(List<Migration> migrations) {
        return migrations.stream().map(Migration::id).toList();
    }
}
