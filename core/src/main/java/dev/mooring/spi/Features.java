package dev.mooring.spi;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The features a database has. Immutable. */
public final class Features {

    private final EnumSet<Feature> present;

    private Features(Set<Feature> present) {
        this.present = present.isEmpty() ? EnumSet.noneOf(Feature.class) : EnumSet.copyOf(present);
    }

    /** {@return exactly these} */
    public static Features of(Feature... present) {
        return new Features(Set.copyOf(List.of(present)));
    }

    /** {@return whether the database has this one} */
    public boolean has(Feature feature) {
        return present.contains(feature);
    }
}
