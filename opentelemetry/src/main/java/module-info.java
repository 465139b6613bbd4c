/** The connections of each database as metrics of OpenTelemetry. */
@org.jspecify.annotations.NullMarked
module dev.mooring.opentelemetry {
    requires static org.jspecify;
    requires transitive dev.mooring.core;
    requires transitive io.opentelemetry.api;

    exports dev.mooring.opentelemetry;
}
