package dev.mooring.demo;

import dev.mooring.ConnectionCounts;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Ticket #30441 as an experiment: sends requests and looks at the connections they leave behind. Prints nothing. */
final class Scenario {

    private final Target target;
    private final Login login;

    Scenario(Target target, Login login) {
        this.target = target;
        this.login = login;
    }

    /** {@return what was seen; by then every connection is closed again, leaked ones too} */
    ScenarioResult run(Workload workload, Progress progress) {
        String applicationName = "mooring-scenario-" + ProcessHandle.current().pid();
        OptionalLong before = Descriptors.open();
        Observation seen;
        progress.started(workload.requests());
        try (ServerView view = target.watch(applicationName);
                ServerSampler sampler = new ServerSampler(view);
                Databases databases = Databases.of(named(workload.settings(), applicationName))) {
            Outcome outcome = new Requests(workload, databases, login).send(progress);
            ConnectionCounts counts =
                    databases.using(DatabaseSettings.DEFAULT_ALIAS).counts();
            seen = new Observation(outcome, counts, sampler.finish(), view.unit(), Descriptors.open());
            databases.close(Duration.ZERO); // what leaked is never given back: no use in waiting for it
        }
        progress.finished(seen.outcome);
        return seen.result(before, Descriptors.open());
    }

    private static DatabaseSettings named(DatabaseSettings settings, String applicationName) {
        return Engine.of(settings) == Engine.POSTGRESQL
                ? settings.toBuilder()
                        .option("application_name", applicationName)
                        .build()
                : settings;
    }

    /** What is seen while everything is still open. */
    private record Observation(
            Outcome outcome, ConnectionCounts counts, OptionalInt serverPeak, String unit, OptionalLong descriptors) {

        ScenarioResult result(OptionalLong before, OptionalLong afterwards) {
            Descriptors.Span span = new Descriptors.Span(before, descriptors, afterwards);
            return new ScenarioResult(outcome, counts, serverPeak, unit, span);
        }
    }
}
