package dev.mooring.demo;

import dev.mooring.demo.text.Json;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The ticket as an experiment. */
@Command(
        name = "scenario",
        description = {
            "Django ticket #30441 as an experiment: many requests call authenticate(), and their connections are counted.",
            "",
            "Without an option that describes one run (threads, max-age, lease-scope, max-connections, no-reclaim) it "
                    + "runs a matrix: each thread model with Django's way and with Mooring's.",
            ""
        },
        footer = {
            "",
            "Default database: " + Target.EMBEDDED_SQLITE + ", whatever DATABASE_URL says: this can exhaust a server.",
            "In a database that stays, Django's tables are created where they are missing, and a user without rights "
                    + "that is deleted at the end.",
            "A run ends after " + Requests.MOST_FAILURES + " failed requests."
        })
final class ScenarioCommand implements Callable<Integer> {

    private static final int REQUESTS = 400;

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Mixin
    private final ScenarioOptions options = new ScenarioOptions();

    @Option(names = "--requests", paramLabel = "N", description = "How many requests a run sends. Default: 400.")
    private int requests = REQUESTS;

    @Option(names = "--concurrency", paramLabel = "N", description = "How many at once. Default: 16.")
    private int concurrency = 16;

    @Option(
            names = "--hasher",
            paramLabel = "md5|pbkdf2_sha256",
            description = "How the password is stored. Default: md5, for the experiment is about connections.")
    private Hasher hasher = Hasher.MD5;

    @Option(names = "--json", description = "Print JSON; a list for the matrix.")
    private boolean json;

    ScenarioCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requirePositive("--requests", requests);
        requirePositive("--concurrency", concurrency);
        if (!options.threads().isSupported()) {
            throw new ImproperlyConfiguredException(
                    "--threads virtual: not run, " + options.threads().notSupported());
        }
        try (Target target = database.openOr(Target.EMBEDDED_SQLITE);
                Login login = Login.prepare(target, hasher)) {
            Scenario scenario = new Scenario(target, login);
            return options.describeOneRun() ? one(scenario, target) : matrix(scenario, target);
        }
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new ImproperlyConfiguredException(option + " was " + value + "; use 1 or more");
        }
    }

    private int one(Scenario scenario, Target target) {
        Workload workload = new Workload(options.threads(), requests, concurrency, options.applyTo(target.settings()));
        ScenarioResult result = scenario.run(
                workload, new Progress(terminal.err(), options.threads().toString()));
        if (json) {
            terminal.out().println(Json.of(Report.json(result)));
        } else {
            Report.lines(result).forEach(terminal.out()::println);
        }
        return result.outcome().allOk() ? ExitCode.OK : ExitCode.NO;
    }

    private int matrix(Scenario scenario, Target target) {
        List<MatrixRow> rows = new Matrix(scenario, target.settings(), requests, concurrency).run(terminal.err());
        List<Verdict> verdicts =
                rows.stream().map(row -> Verdict.of(row, concurrency)).toList();
        if (json) {
            terminal.out().println(Json.of(rows.stream().map(Report::json).toList()));
        } else {
            printMatrix(rows, verdicts);
        }
        return verdicts.stream().allMatch(Verdict::asExpected) ? ExitCode.OK : ExitCode.NO;
    }

    private void printMatrix(List<MatrixRow> rows, List<Verdict> verdicts) {
        Report.lines(rows).forEach(terminal.out()::println);
        terminal.out().println();
        for (int i = 0; i < rows.size(); i++) {
            terminal.out().println(rows.get(i).name() + ": " + verdicts.get(i).sentence());
        }
    }
}
