package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where to bring an app: to one of its migrations, forwards or backwards, or to none. Immutable. */
public final class MigrationTarget {

    private final String app;
    private final @Nullable String name;

    private MigrationTarget(String app, @Nullable String name) {
        this.app = requireNonNull(app, "app");
        this.name = name;
    }

    /** {@return the target at which that migration is the last one applied} */
    public static MigrationTarget of(MigrationId id) {
        return new MigrationTarget(id.app(), id.name());
    }

    /** {@return the target at which nothing of the app is applied} */
    public static MigrationTarget zero(String app) {
        return new MigrationTarget(app, null);
    }

    /** {@return the app} */
    public String app() {
        return app;
    }

    /** {@return the migration; empty for none} */
    public Optional<MigrationId> migration() {
        return Optional.ofNullable(name).map(present -> new MigrationId(app, present));
    }

    /** {@return app and migration, or zero} */
    @Override
    public String toString() {
        return app + "." + (name == null ? "zero" : name);
    }
}
