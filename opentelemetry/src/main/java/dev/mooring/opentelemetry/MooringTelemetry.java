package dev.mooring.opentelemetry;

import static java.util.Objects.requireNonNull;

import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseStatus;
import dev.mooring.Databases;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The connections of each database as metrics of OpenTelemetry, by its semantic conventions for database clients, which are
 * "development" there: {@code db.client.connection.count}, {@code .max}, {@code .pending_requests}, {@code .timeouts},
 * {@code .create_time} and {@code .wait_time}. From the building of the databases to their closing:
 * {@code Databases.builder().listener(MooringTelemetry.of(openTelemetry))}. The attribute {@code db.client.connection.pool.name} is the
 * alias.
 *
 * <p>Nothing is measured for a lease or a statement: the counts are read when metrics are collected, and the histograms are told of
 * waits and of new connections. There is no {@code .use_time}, which would need the time of each lease. Thread-safe; for
 * {@link Databases} whose aliases differ.
 */
public final class MooringTelemetry implements DatabaseListener {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The advice of the semantic conventions for durations of operations. */
    private static final List<Double> BUCKETS = List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

    private final Attributes attributes;
    private final Instruments instruments;
    private final DoubleHistogram createTime;
    private final DoubleHistogram waitTime;
    private final Map<String, Observed> observed = new ConcurrentHashMap<>();

    private record Observed(DatabaseStatus database, BatchCallback callback) {}

    private MooringTelemetry(OpenTelemetry openTelemetry, Attributes attributes) {
        Meter meter = requireNonNull(openTelemetry, "openTelemetry").getMeter("dev.mooring");
        this.attributes = requireNonNull(attributes, "attributes");
        instruments = Instruments.of(meter);
        createTime = histogram(meter, "create_time", "The time it took to create a new connection.");
        waitTime = histogram(meter, "wait_time", "The time that threads waited for a connection, where they had to.");
    }

    private static DoubleHistogram histogram(Meter meter, String name, String description) {
        return meter.histogramBuilder(Instruments.PREFIX + name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build();
    }

    /** {@return metrics of {@code openTelemetry}} */
    public static MooringTelemetry of(OpenTelemetry openTelemetry) {
        return of(openTelemetry, Attributes.empty());
    }

    /**
     * {@return metrics of {@code openTelemetry}, with further attributes}
     *
     * @param attributes what tells these databases from others of the same aliases, or {@code server.address} and its like
     */
    public static MooringTelemetry of(OpenTelemetry openTelemetry, Attributes attributes) {
        return new MooringTelemetry(openTelemetry, attributes);
    }

    /**
     * Has the counts read whenever metrics are collected.
     *
     * @throws IllegalStateException if this has another database of that alias, which was not closed: the SDK keeps the figures of
     *     one of them
     */
    @Override
    public void started(DatabaseStatus database) {
        observed.compute(database.alias(), (alias, other) -> {
            if (other != null) {
                throw new IllegalStateException("MooringTelemetry has another database '" + alias
                        + "' already; close that one, or give each Databases a MooringTelemetry of its own, with"
                        + " attributes that tell them apart");
            }
            return new Observed(database, instruments.observe(database, attributes(alias)));
        });
    }

    /** Ends what {@link #started} began. */
    @Override
    public void stopped(DatabaseStatus database) {
        Observed ended = observed.get(database.alias());
        if (ended != null && ended.database() == database) {
            observed.remove(database.alias());
            ended.callback().close();
        }
    }

    @Override
    public void connectionOpened(String alias, Duration time) {
        createTime.record(time.toNanos() / NANOS, attributes(alias));
    }

    @Override
    public void leaseWaited(String alias, Duration time) {
        waitTime.record(time.toNanos() / NANOS, attributes(alias));
    }

    private Attributes attributes(String alias) {
        return attributes.toBuilder().put(Instruments.POOL_NAME, alias).build();
    }
}
