package dev.mooring.micrometer;

import dev.mooring.ConnectionCounts;
import dev.mooring.DatabaseStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The meters of one database. Thread-safe. */
final class AliasMeters {

    private static final String CONNECTIONS = "mooring.connections";

    private final MeterRegistry registry;
    private final Tags tags;
    private final DatabaseStatus database;
    private final Timer acquire;
    private final Timer creation;
    private final Set<Meter> registered = ConcurrentHashMap.newKeySet();
    private volatile boolean removed;

    AliasMeters(MeterRegistry registry, Tags tags, DatabaseStatus database) {
        this.registry = registry;
        this.tags = tags;
        this.database = database;
        acquire =
                timer("acquire", "How long threads waited for a connection; those that need not wait are not counted");
        creation = timer("creation", "How long opening a connection took, with the login");
    }

    void register() {
        registered.add(acquire);
        registered.add(creation);
        gauge(CONNECTIONS, "Connections that are open", ConnectionCounts::open);
        gauge(CONNECTIONS + ".active", "Connections in use", ConnectionCounts::leased);
        gauge(
                CONNECTIONS + ".idle",
                "Connections that are open and not in use",
                counts -> Math.max(0, counts.open() - counts.leased()));
        gauge(CONNECTIONS + ".pending", "Threads that wait for a connection", ConnectionCounts::waiting);
        database.settings()
                .maxConnections()
                .ifPresent(max -> gauge(CONNECTIONS + ".max", "The setting maxConnections", counts -> max));
        counter("timeout", "Threads that waited for a connection in vain", ConnectionCounts::timeouts);
        counter("failure", "Connections that could not be opened", ConnectionCounts::failures);
        counter("reclaimed", "Connections taken back from threads that ended", ConnectionCounts::reclaimed);
        counter("reused", "Leases of a connection that had been open before", ConnectionCounts::reused);
    }

    boolean isOf(DatabaseStatus other) {
        return database == other;
    }

    void remove() {
        removed = true;
        registered.forEach(registry::remove);
    }

    Timer acquire() {
        return acquire;
    }

    Timer creation() {
        return creation;
    }

    Counter closed(String reason) {
        Counter counter = Counter.builder(CONNECTIONS + ".closed")
                .description("Connections that were closed, by the reason")
                .tags(tags.and("reason", reason))
                .register(registry);
        registered.add(counter);
        if (removed) { // meanwhile, and perhaps before it was added
            registry.remove(counter);
        }
        return counter;
    }

    private Timer timer(String name, String description) {
        return Timer.builder(CONNECTIONS + "." + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<ConnectionCounts> figure) {
        registered.add(Gauge.builder(name, database, counted -> figure.applyAsDouble(counted.counts()))
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private void counter(String name, String description, ToDoubleFunction<ConnectionCounts> figure) {
        registered.add(FunctionCounter.builder(
                        CONNECTIONS + "." + name, database, counted -> figure.applyAsDouble(counted.counts()))
                .description(description)
                .tags(tags)
                .register(registry));
    }
}
