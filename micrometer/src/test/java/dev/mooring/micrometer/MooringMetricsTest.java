package dev.mooring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.LeaseTimeoutException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The meters of Micrometer")
class MooringMetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path directory;

    @Test
    @DisplayName("have what the connections are up to")
    void gauges() {
        try (Databases databases = databases(registry, Tags.empty())) {
            databases.query("SELECT 1");
            assertThat(gauge("mooring.connections")).isEqualTo(1);
            assertThat(gauge("mooring.connections.idle")).isEqualTo(1);
            try (Lease held = databases.get().hold()) {
                assertThat(gauge("mooring.connections.active")).isEqualTo(1);
                assertThat(gauge("mooring.connections.idle")).isZero();
            }
            assertThat(gauge("mooring.connections.pending")).isZero();
            assertThat(gauge("mooring.connections.max")).isEqualTo(1);
            assertThat(counter("mooring.connections.reused")).isEqualTo(1);
            assertThat(registry.get("mooring.connections.creation").timer().count())
                    .isEqualTo(1);
            assertThat(registry.get("mooring.connections.creation").timer().totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
            databases.get().close();
            assertThat(registry.get("mooring.connections.closed")
                            .tags("alias", "default", "reason", "requested")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("have waits, and connections that dead threads left")
    void waits() throws Exception {
        try (Databases databases = databases(registry, Tags.empty())) {
            Lease held = databases.get().hold();
            CompletableFuture<Object> served = CompletableFuture.supplyAsync(() -> databases.query("SELECT 1"));
            while (databases.using("default").counts().waiting() == 0) {
                Thread.onSpinWait();
            }
            assertThat(gauge("mooring.connections.pending")).isEqualTo(1);
            held.close();
            served.get();
            assertThat(registry.get("mooring.connections.acquire").timer().count())
                    .isEqualTo(1);

            Thread careless = new Thread(() -> databases.get().hold());
            careless.start();
            careless.join();
            databases.query("SELECT 1");
            assertThat(counter("mooring.connections.reclaimed")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("have waits in vain")
    void timeouts() throws Exception {
        DatabaseSettings settings =
                settings().toBuilder().acquireTimeout(Duration.ofMillis(20)).build();
        Databases databases = Databases.builder()
                .add(settings)
                .listener(MooringMetrics.of(registry))
                .build();
        try (databases) {
            Lease held = databases.get().hold();
            assertThat(CompletableFuture.supplyAsync(() -> refused(databases)).get())
                    .isTrue();
            held.close();
            assertThat(counter("mooring.connections.timeout")).isEqualTo(1);
            assertThat(registry.get("mooring.connections.acquire").timer().count())
                    .isZero();
        }
    }

    @Test
    @DisplayName("are gone when the databases are closed, and are then made anew")
    void removed() {
        MooringMetrics metrics = MooringMetrics.of(registry);
        Databases first = Databases.builder().add(settings()).listener(metrics).build();
        assertThatThrownBy(() ->
                        Databases.builder().add(settings()).listener(metrics).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another database 'default'");
        assertThat(registry.getMeters()).isNotEmpty();
        first.query("SELECT 1");
        first.close();
        assertThat(registry.getMeters()).isEmpty();
        try (Databases second =
                Databases.builder().add(settings()).listener(metrics).build()) {
            second.query("SELECT 1");
            assertThat(gauge("mooring.connections")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("of two applications in one registry are told apart by tags")
    void tags() {
        try (Databases one = databases(registry, Tags.of("service", "one"));
                Databases two = databases(registry, Tags.of("service", "two"))) {
            one.query("SELECT 1");
            assertThat(registry.get("mooring.connections")
                            .tags("service", "one")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("mooring.connections")
                            .tags("service", "two")
                            .gauge()
                            .value())
                    .isZero();
        }
    }

    @Test
    @DisplayName("of one database are not taken away by another one of the same tags, which is refused")
    void sameTags() {
        try (Databases first = databases(registry, Tags.empty())) {
            first.query("SELECT 1");
            assertThatThrownBy(() -> databases(registry, Tags.empty()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another database 'default'")
                    .hasMessageContaining("tags");
            assertThat(gauge("mooring.connections")).isEqualTo(1);
        }
        databases(registry, Tags.empty()).close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    @DisplayName("do not come back if a connection is closed while the databases are")
    void closedMeanwhile() {
        AliasMeters meters;
        try (Databases databases = Databases.of(settings())) {
            meters = new AliasMeters(registry, Tags.of("alias", "default"), databases.using("default"));
            meters.register();
        }
        meters.remove();
        meters.closed("cut_off").increment();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    @DisplayName("are named for Prometheus as its users expect")
    void prometheus() {
        PrometheusMeterRegistry scraped = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Databases databases = databases(scraped, Tags.empty())) {
            databases.query("SELECT 1");
            databases.get().close();
            Set<String> names = scraped.scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.lastIndexOf(' ')))
                    .collect(Collectors.toSet());
            assertThat(names)
                    .containsExactlyInAnyOrder(
                            "mooring_connections{alias=\"default\"}",
                            "mooring_connections_active{alias=\"default\"}",
                            "mooring_connections_idle{alias=\"default\"}",
                            "mooring_connections_pending{alias=\"default\"}",
                            "mooring_connections_max{alias=\"default\"}",
                            "mooring_connections_acquire_seconds_count{alias=\"default\"}",
                            "mooring_connections_acquire_seconds_sum{alias=\"default\"}",
                            "mooring_connections_acquire_seconds_max{alias=\"default\"}",
                            "mooring_connections_creation_seconds_count{alias=\"default\"}",
                            "mooring_connections_creation_seconds_sum{alias=\"default\"}",
                            "mooring_connections_creation_seconds_max{alias=\"default\"}",
                            "mooring_connections_timeout_total{alias=\"default\"}",
                            "mooring_connections_failure_total{alias=\"default\"}",
                            "mooring_connections_reclaimed_total{alias=\"default\"}",
                            "mooring_connections_reused_total{alias=\"default\"}",
                            "mooring_connections_closed_total{alias=\"default\",reason=\"requested\"}");
        }
    }

    private static boolean refused(Databases databases) {
        try {
            databases.query("SELECT 1");
            return false;
        } catch (LeaseTimeoutException e) {
            return true;
        }
    }

    private Databases databases(MeterRegistry in, Tags tags) {
        return Databases.builder()
                .add(settings())
                .listener(MooringMetrics.of(in, tags))
                .build();
    }

    private DatabaseSettings settings() {
        return DatabaseSettings.fromUrl("sqlite:///" + directory.resolve("shop.db")).toBuilder()
                .maxConnections(1)
                .build();
    }

    private double gauge(String name) {
        return registry.get(name).tags("alias", "default").gauge().value();
    }

    private double counter(String name) {
        return registry.get(name).tags("alias", "default").functionCounter().count();
    }
}
