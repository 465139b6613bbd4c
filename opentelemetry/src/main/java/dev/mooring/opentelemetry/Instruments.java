package dev.mooring.opentelemetry;

import dev.mooring.ConnectionCounts;
import dev.mooring.DatabaseStatus;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.LongUpDownCounterBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;

/** The counts that are read when metrics are collected. Immutable. */
record Instruments(
        Meter meter,
        ObservableLongMeasurement count,
        ObservableLongMeasurement max,
        ObservableLongMeasurement pendingRequests,
        ObservableLongMeasurement timeouts) {

    static final String PREFIX = "db.client.connection.";
    static final AttributeKey<String> POOL_NAME = AttributeKey.stringKey(PREFIX + "pool.name");

    private static final AttributeKey<String> STATE = AttributeKey.stringKey(PREFIX + "state");

    static Instruments of(Meter meter) {
        return new Instruments(
                meter,
                upDown(meter, "count", "{connection}", "The number of connections that are open, by their state.")
                        .buildObserver(),
                upDown(meter, "max", "{connection}", "The maximum number of open connections allowed.")
                        .buildObserver(),
                upDown(meter, "pending_requests", "{request}", "The number of threads that wait for a connection.")
                        .buildObserver(),
                meter.counterBuilder(PREFIX + "timeouts")
                        .setUnit("{timeout}")
                        .setDescription("The number of threads that waited for a connection in vain.")
                        .buildObserver());
    }

    private static LongUpDownCounterBuilder upDown(Meter meter, String name, String unit, String description) {
        return meter.upDownCounterBuilder(PREFIX + name).setUnit(unit).setDescription(description);
    }

    /** Has the counts of {@code database} read until the result is closed. */
    BatchCallback observe(DatabaseStatus database, Attributes attributes) {
        return meter.batchCallback(() -> record(database, attributes), count, max, pendingRequests, timeouts);
    }

    private void record(DatabaseStatus database, Attributes attributes) {
        ConnectionCounts counts = database.counts();
        count.record(counts.leased(), attributes.toBuilder().put(STATE, "used").build());
        count.record(
                Math.max(0, counts.open() - counts.leased()),
                attributes.toBuilder().put(STATE, "idle").build());
        database.settings().maxConnections().ifPresent(limit -> max.record(limit, attributes));
        pendingRequests.record(counts.waiting(), attributes);
        timeouts.record(counts.timeouts(), attributes);
    }
}
