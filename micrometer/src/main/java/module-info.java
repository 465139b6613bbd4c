/** The connections of each database as meters of Micrometer. */
@org.jspecify.annotations.NullMarked
module dev.mooring.micrometer {
    requires static org.jspecify;
    requires transitive dev.mooring.core;
    requires transitive micrometer.core;

    exports dev.mooring.micrometer;
}
