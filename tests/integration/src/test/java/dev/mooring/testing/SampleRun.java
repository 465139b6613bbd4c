package dev.mooring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A test class, run by JUnit in the middle of a test, and what came of it. */
final class SampleRun implements TestExecutionListener {

    private final Map<TestIdentifier, Throwable> failures = new ConcurrentHashMap<>();
    private final AtomicInteger succeeded = new AtomicInteger();

    private SampleRun() {}

    static SampleRun of(Class<?> sample, String... parameters) {
        Map<String, String> configuration = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            configuration.put(parameters[i], parameters[i + 1]);
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(sample))
                .configurationParameters(configuration)
                .build();
        SampleRun run = new SampleRun();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(request, run);
        return run;
    }

    @Override
    public void executionFinished(TestIdentifier what, TestExecutionResult result) {
        if (result.getStatus() == Status.SUCCESSFUL) {
            succeeded.addAndGet(what.isTest() ? 1 : 0);
        } else {
            failures.put(what, result.getThrowable().orElseThrow());
        }
    }

    /** Asserts that so many tests ran, and nothing failed. */
    void succeeded(int tests) {
        assertThat(failures).isEmpty();
        assertThat(succeeded).hasValue(tests);
    }

    /** {@return what the tests and containers that failed threw, by their display names} */
    Map<String, Throwable> failures() {
        return failuresBy(TestIdentifier::getDisplayName);
    }

    /** {@return the same by {@code key}; of several with the same, one} */
    Map<String, Throwable> failuresBy(Function<TestIdentifier, String> key) {
        Map<String, Throwable> by = new TreeMap<>();
        failures.forEach((what, failure) -> by.put(key.apply(what), failure));
        return by;
    }
}
