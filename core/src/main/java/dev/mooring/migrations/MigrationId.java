package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * What identifies a migration. Sorted by app, then by name, which is what makes plans the same everywhere.
 *
 * @param app the label of the app, such as {@code auth}
 * @param name the name within the app, such as {@code 0001_initial}
 */
public record MigrationId(String app, String name) implements Comparable<MigrationId> {

    private static final Comparator<MigrationId> ORDER =
            Comparator.comparing(MigrationId::app).thenComparing(MigrationId::name);

    /** Makes one; neither part may be null. */
    public MigrationId {
        requireNonNull(app, "app");
        requireNonNull(name, "name");
    }

    @Override
    public int compareTo(MigrationId other) {
        return ORDER.compare(this, other);
    }

    /** {@return app and name as Django prints them: {@code auth.0001_initial}} */
    @Override
    public String toString() {
        return app + "." + name;
    }
}
