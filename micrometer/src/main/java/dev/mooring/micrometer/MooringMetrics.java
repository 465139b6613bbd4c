package dev.mooring.micrometer;

import static java.util.Objects.requireNonNull;

import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseStatus;
import dev.mooring.Databases;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The connections of each database as meters of Micrometer, from the building of the databases to their closing:
 * {@code Databases.builder().listener(MooringMetrics.of(registry))}. Each meter has the tag {@code alias}. Their names are
 * {@code mooring.connections} and, behind that, HikariCP's where it has the same figure: {@code active}, {@code idle},
 * {@code pending}, {@code max}, {@code acquire}, {@code creation}, {@code timeout}; besides {@code failure}, {@code reclaimed},
 * {@code reused} and {@code closed}, which has the tag {@code reason}.
 *
 * <p>Nothing is measured for a lease or a statement: gauges and counters are read when the registry asks, and the two timers are
 * told of waits and of new connections. Thread-safe; for one {@link Databases}.
 */
public final class MooringMetrics implements DatabaseListener {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<String, AliasMeters> meters = new ConcurrentHashMap<>();

    private MooringMetrics(MeterRegistry registry, Tags tags) {
        this.registry = requireNonNull(registry, "registry");
        this.tags = tags;
    }

    /** {@return meters in {@code registry}} */
    public static MooringMetrics of(MeterRegistry registry) {
        return new MooringMetrics(registry, Tags.empty());
    }

    /**
     * {@return meters in {@code registry}, with further tags}
     *
     * @param tags what tells these databases from others that use the same registry and the same aliases
     */
    public static MooringMetrics of(MeterRegistry registry, Iterable<Tag> tags) {
        return new MooringMetrics(registry, Tags.of(tags));
    }

    /**
     * Registers the meters.
     *
     * @throws IllegalStateException if the registry has those of another database of that alias and with the same tags, which was
     *     not closed: a registry has each meter once
     */
    @Override
    public void started(DatabaseStatus database) {
        String alias = database.alias();
        List<Meter> before = registry.getMeters();
        AliasMeters made = new AliasMeters(registry, tags.and("alias", alias), database);
        if (before.contains(made.acquire()) || meters.putIfAbsent(alias, made) != null) {
            throw new IllegalStateException("MooringMetrics: the registry has the meters of another database '" + alias
                    + "' already; close that one, or give each Databases a MooringMetrics of its own, with tags that"
                    + " tell them apart");
        }
        made.register();
    }

    /** Removes the meters. */
    @Override
    public void stopped(DatabaseStatus database) {
        AliasMeters made = meters.get(database.alias());
        if (made != null && made.isOf(database)) {
            meters.remove(database.alias());
            made.remove();
        }
    }

    @Override
    public void connectionOpened(String alias, Duration time) {
        with(alias, each -> each.creation().record(time));
    }

    @Override
    public void leaseWaited(String alias, Duration time) {
        with(alias, each -> each.acquire().record(time));
    }

    @Override
    public void connectionClosed(String alias, String reason) {
        with(alias, each -> each.closed(reason).increment());
    }

    private void with(String alias, Consumer<AliasMeters> event) {
        AliasMeters made = meters.get(alias);
        if (made != null) {
            event.accept(made);
        }
    }
}
