package dev.mooring.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.LeaseTimeoutException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The metrics of OpenTelemetry")
class MooringTelemetryTest {

    private static final AttributeKey<String> POOL = AttributeKey.stringKey("db.client.connection.pool.name");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("db.client.connection.state");
    private static final Attributes DEFAULT = Attributes.of(POOL, "default");

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final OpenTelemetry telemetry = OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build();

    @TempDir
    private Path directory;

    @Test
    @DisplayName("have the names and units of the semantic conventions")
    void names() throws Exception {
        try (Databases databases = databases(Duration.ofSeconds(30))) {
            waitOnce(databases);
            Map<String, String> units = new TreeMap<>();
            collect().forEach((name, metric) -> units.put(name, metric.getType() + " " + metric.getUnit()));
            assertThat(units)
                    .isEqualTo(Map.of(
                            "db.client.connection.count", "LONG_SUM {connection}",
                            "db.client.connection.max", "LONG_SUM {connection}",
                            "db.client.connection.pending_requests", "LONG_SUM {request}",
                            "db.client.connection.timeouts", "LONG_SUM {timeout}",
                            "db.client.connection.create_time", "HISTOGRAM s",
                            "db.client.connection.wait_time", "HISTOGRAM s"));
            assertThat(collect()
                            .get("db.client.connection.timeouts")
                            .getLongSumData()
                            .isMonotonic())
                    .isTrue();
            assertThat(collect()
                            .get("db.client.connection.max")
                            .getLongSumData()
                            .isMonotonic())
                    .isFalse();
        }
    }

    @Test
    @DisplayName("have what the connections are up to, until the databases are closed")
    void counts() throws Exception {
        Databases databases = databases(Duration.ofSeconds(30));
        databases.query("SELECT 1");
        assertThat(counted("db.client.connection.count")).isEqualTo(Map.of(state("used"), 0L, state("idle"), 1L));
        try (Lease held = databases.get().hold()) {
            assertThat(counted("db.client.connection.count")).isEqualTo(Map.of(state("used"), 1L, state("idle"), 0L));
        }
        assertThat(counted("db.client.connection.max")).isEqualTo(Map.of(DEFAULT, 1L));
        assertThat(counted("db.client.connection.pending_requests")).isEqualTo(Map.of(DEFAULT, 0L));

        waitOnce(databases);
        HistogramPointData waits = histogram("db.client.connection.wait_time");
        assertThat(waits.getCount()).isEqualTo(1);
        assertThat(waits.getAttributes()).isEqualTo(DEFAULT);
        HistogramPointData creations = histogram("db.client.connection.create_time");
        assertThat(creations.getCount()).isEqualTo(1);
        assertThat(creations.getSum()).isBetween(0.000_001, 10.0);

        databases.close();
        assertThat(collect()).doesNotContainKeys("db.client.connection.count", "db.client.connection.max");
    }

    @Test
    @DisplayName("have waits in vain")
    void timeouts() throws Exception {
        try (Databases databases = databases(Duration.ofMillis(20));
                Lease held = databases.get().hold()) {
            assertThat(CompletableFuture.supplyAsync(() -> refused(databases)).get())
                    .isTrue();
            assertThat(counted("db.client.connection.timeouts")).isEqualTo(Map.of(DEFAULT, 1L));
        }
    }

    @Test
    @DisplayName("have further attributes, which tell two applications apart")
    void attributes() {
        AttributeKey<String> service = AttributeKey.stringKey("service");
        try (Databases one = databases(MooringTelemetry.of(telemetry, Attributes.of(service, "one")));
                Databases two = databases(MooringTelemetry.of(telemetry, Attributes.of(service, "two")))) {
            one.query("SELECT 1");
            Attributes idle = state("idle");
            assertThat(counted("db.client.connection.count"))
                    .containsEntry(idle.toBuilder().put(service, "one").build(), 1L)
                    .containsEntry(idle.toBuilder().put(service, "two").build(), 0L);
        }
    }

    @Test
    @DisplayName("of one database are not mixed with those of another one of the same alias, which is refused")
    void sameAlias() {
        MooringTelemetry listener = MooringTelemetry.of(telemetry);
        Databases first = databases(listener);
        first.query("SELECT 1");
        assertThatThrownBy(() -> databases(listener))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another database 'default'");
        assertThat(counted("db.client.connection.count")).containsEntry(state("idle"), 1L);
        first.close();
        try (Databases second = databases(listener)) {
            assertThat(counted("db.client.connection.count")).containsEntry(state("idle"), 0L);
            second.query("SELECT 1");
            assertThat(counted("db.client.connection.count")).containsEntry(state("idle"), 1L);
        }
    }

    private static void waitOnce(Databases databases) throws Exception {
        Lease held = databases.get().hold();
        CompletableFuture<Object> served = CompletableFuture.supplyAsync(() -> databases.query("SELECT 1"));
        while (databases.using("default").counts().waiting() == 0) {
            Thread.onSpinWait();
        }
        held.close();
        served.get();
    }

    private static boolean refused(Databases databases) {
        try {
            databases.query("SELECT 1");
            return false;
        } catch (LeaseTimeoutException e) {
            return true;
        }
    }

    private Databases databases(Duration patience) {
        return Databases.builder()
                .add(settings().toBuilder().acquireTimeout(patience).build())
                .listener(MooringTelemetry.of(telemetry))
                .build();
    }

    private Databases databases(MooringTelemetry listener) {
        return Databases.builder().add(settings()).listener(listener).build();
    }

    private DatabaseSettings settings() {
        return DatabaseSettings.fromUrl("sqlite:///" + directory.resolve("shop.db")).toBuilder()
                .maxConnections(1)
                .build();
    }

    private static Attributes state(String state) {
        return Attributes.of(POOL, "default", STATE, state);
    }

    private Map<Attributes, Long> counted(String name) {
        Map<Attributes, Long> points = new HashMap<>();
        for (LongPointData point : collect().get(name).getLongSumData().getPoints()) {
            points.put(point.getAttributes(), point.getValue());
        }
        return points;
    }

    private HistogramPointData histogram(String name) {
        return collect().get(name).getHistogramData().getPoints().iterator().next();
    }

    private Map<String, MetricData> collect() {
        Map<String, MetricData> metrics = new TreeMap<>();
        reader.collectAllMetrics().forEach(metric -> metrics.put(metric.getName(), metric));
        return metrics;
    }
}
