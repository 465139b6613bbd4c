package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
@DisplayName("A run of the live page")
class LiveExperimentTest {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final LiveExperiment experiment = new LiveExperiment(Engine.SQLITE);
    private final Map<String, String> form = new HashMap<>(Map.of(
            "handling", "naive", "threads", "per_request", "scope", "operation", "requests", "30", "concurrency", "4"));

    @AfterEach
    void close() {
        experiment.close();
    }

    @Test
    @DisplayName("leaks a connection for each request, shows them, and closes them when told")
    void leaks() {
        Map<?, ?> run = runToItsEnd();

        assertThat(run.get("sentence"))
                .asString()
                .startsWith(
                        "The leak: 30 connections opened, none closed. 30 were left behind by threads that have ended");
        assertThat(run.get("open")).isEqualTo(30);
        assertThat(run.get("leaked")).isEqualTo(30);
        assertThat((List<?>) run.get("connections")).hasSize(30);
        assertThat(run.get("server")).as("what the process has open").isIn(30, null);

        experiment.closeConnections();

        Map<?, ?> after = run();
        assertThat(after.get("phase")).isEqualTo("closed");
        assertThat(after.get("open")).isEqualTo(0);
        assertThat(after.get("server")).isIn(0, null);
    }

    @Test
    @DisplayName("keeps the connections of a fixed pool with their threads")
    void keepsThoseOfThreadsThatLiveOn() {
        form.put("threads", "pool");

        Map<?, ?> run = runToItsEnd();

        assertThat(run.get("sentence")).asString().startsWith("4 threads, 4 connections: one each, used or not.");
        assertThat(run.get("leaked")).isEqualTo(0);
    }

    @ParameterizedTest(name = "scope {0}, {1}")
    @CsvSource({"operation,per_request", "request,per_request", "thread,per_request", "operation,pool", "thread,pool"})
    @DisplayName(
            "leaks nothing with Mooring, whatever the scope and the threads, and closes what the run before leaked")
    void cannotLeak(String scope, String threads) {
        runToItsEnd();
        form.putAll(Map.of("handling", "mooring", "scope", scope, "threads", threads, "requests", "200"));

        Map<?, ?> run = runToItsEnd();

        assertThat(run.get("sentence"))
                .asString()
                .startsWith("No leak: 200 requests shared ")
                .endsWith("No request failed.");
        assertThat((Integer) run.get("open")).isLessThanOrEqualTo(Style.CAP);
        assertThat(experiment.state().get("runs")).asInstanceOf(LIST).hasSize(2);
    }

    @Test
    @DisplayName("loses no more than the cap if nothing is taken back")
    void losesTheCapWithoutReclaim() {
        form.putAll(Map.of("handling", "unreclaimed", "scope", "thread"));

        Map<?, ?> run = runToItsEnd();

        assertThat(run.get("sentence"))
                .asString()
                .startsWith("Without reclaim, nobody takes back what ended threads have: 10 connections.")
                .contains("waited 2 seconds for a connection, in vain.");
        assertThat(run.get("leaked")).isEqualTo(Style.CAP);
    }

    @Test
    @DisplayName("is the only one, and can be stopped")
    void oneAtATime() {
        form.putAll(Map.of("handling", "mooring", "requests", "20000"));
        assertThat(experiment.start(form::get)).isEmpty();

        assertThat(experiment.start(form::get)).contains("A run is under way: stop it, or wait for its end.");

        experiment.stop();
        awaitEnd();
        assertThat(run().get("sentence")).asString().contains("The run ended early, because it was stopped;");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "requests,0,'Requests: give a whole number from 1 to 20,000.'",
        "requests,20001,'Requests: give a whole number from 1 to 20,000.'",
        "requests,many,'Requests: give a whole number from 1 to 20,000.'",
        "concurrency,65,At once: give a whole number from 1 to 64.",
        "concurrency,'',At once: give a whole number from 1 to 64.",
        "threads,green,'Threads: choose one of per_request, pool, virtual.'",
        "scope,'','Lease scope: choose one of operation, request, thread.'",
        "handling,MOORING,'Connections: choose one of naive, unreclaimed, mooring.'"
    })
    @DisplayName("is not begun if a field is wrong")
    void checksTheFields(String field, String value, String problem) {
        form.put("handling", "mooring");
        form.put(field, value);

        assertThat(experiment.start(form::get)).contains(problem);
        assertThat(experiment.state()).containsEntry("run", null);
    }

    private Map<?, ?> runToItsEnd() {
        assertThat(experiment.start(form::get)).isEmpty();
        awaitEnd();
        return run();
    }

    private void awaitEnd() {
        while (run().get("sentence") == null) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private Map<?, ?> run() {
        return (Map<?, ?>) experiment.state().get("run");
    }
}
