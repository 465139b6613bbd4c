package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The migrations that replace others, which may be squashes themselves. Immutable. */
final class Squashes {

    private final SortedMap<MigrationId, Migration> squashes = new TreeMap<>();
    /** What each stands for in the end, none of it a squash; inner squashes before outer ones. */
    private final Map<MigrationId, Set<MigrationId>> parts = new LinkedHashMap<>();

    Squashes(Map<MigrationId, Migration> migrations) {
        migrations.forEach((id, migration) -> {
            if (!migration.replaces().isEmpty()) {
                squashes.put(id, migration);
            }
        });
        squashes.values().forEach(squash -> resolve(squash, new LinkedHashSet<>()));
    }

    /** {@return the squashes, each after those that it replaces} */
    List<Migration> innermostFirst() {
        return parts.keySet().stream().map(this::squash).toList();
    }

    /** {@return a squash that replaces the migration, if there is one} */
    Optional<MigrationId> of(MigrationId id) {
        return squashes.values().stream()
                .filter(squash -> squash.replaces().contains(id))
                .map(Migration::id)
                .findFirst();
    }

    /** {@return what is applied, where a squash is if all is that it stands for, whatever the ledger says of it} */
    Set<MigrationId> applied(Set<MigrationId> recorded) {
        Set<MigrationId> applied = new LinkedHashSet<>(recorded);
        parts.forEach((squash, stands) -> {
            if (recorded.containsAll(stands)) {
                applied.add(squash);
            } else {
                applied.remove(squash);
            }
        });
        return applied;
    }

    boolean isHalfApplied(Migration squash, Set<MigrationId> applied) {
        Set<MigrationId> stands = parts(squash);
        return !applied.containsAll(stands) && stands.stream().anyMatch(applied::contains);
    }

    /** {@return the squashes of which the ledger has all parts, but not themselves} */
    List<MigrationId> unrecorded(Set<MigrationId> recorded) {
        return parts.keySet().stream()
                .filter(squash -> !recorded.contains(squash) && recorded.containsAll(parts(squash(squash))))
                .toList();
    }

    /** {@return the migrations that a squash stands for; of another migration itself} */
    Set<MigrationId> parts(Migration migration) {
        return parts.getOrDefault(migration.id(), Set.of(migration.id()));
    }

    /** {@return what the ledger is told when the migration is applied: all that a squash replaces, then itself} */
    List<MigrationId> records(Migration migration) {
        Set<MigrationId> records = new LinkedHashSet<>();
        for (MigrationId replaced : migration.replaces()) {
            records.addAll(squashes.containsKey(replaced) ? records(squash(replaced)) : List.of(replaced));
        }
        records.add(migration.id());
        return List.copyOf(records);
    }

    private Migration squash(MigrationId id) {
        return requireNonNull(squashes.get(id));
    }

    private Set<MigrationId> resolve(Migration squash, Set<MigrationId> path) {
        Set<MigrationId> known = parts.get(squash.id());
        if (known != null) {
            return known;
        }
        if (!path.add(squash.id())) {
            List<MigrationId> circle = new ArrayList<>(path);
            throw new CircularDependencyException("Squashes replace each other: " + circle);
        }
        Set<MigrationId> stands = new TreeSet<>();
        for (MigrationId replaced : squash.replaces()) {
            stands.addAll(squashes.containsKey(replaced) ? resolve(squash(replaced), path) : Set.of(replaced));
        }
        path.remove(squash.id());
        parts.put(squash.id(), stands);
        return stands;
    }
}
