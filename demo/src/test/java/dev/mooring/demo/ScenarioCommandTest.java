package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("threads")
class ScenarioCommandTest {

    private static final Pattern KEY = Pattern.compile("\"(\\w+)\": ");

    @Test
    void printsTheKeysThatProgramsRelyOn() {
        CommandLineRun run = CommandLineRun.of("scenario", "--threads", "pool", "--requests", "20", "--json");

        List<String> keys =
                KEY.matcher(run.out()).results().map(match -> match.group(1)).toList();
        assertThat(keys)
                .containsExactly(
                        "requests",
                        "ok",
                        "failed",
                        "firstFailure",
                        "opened",
                        "closed",
                        "reused",
                        "openAtEnd",
                        "peakOpen",
                        "serverPeak");
        assertThat(run.out()).contains("\"requests\": 20, \"ok\": 20, \"failed\": 0, \"firstFailure\": null");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-request", "pool"})
    void staysBelowTheCapWithTheDefaults(String threads) {
        CommandLineRun run = CommandLineRun.of(
                "scenario", "--threads", threads, "--requests", "300", "--concurrency", "30", "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(number(run, "ok")).isEqualTo(300);
        assertThat(number(run, "peakOpen")).isBetween(1, 10);
    }

    @Test
    void showsTheLeakOfTheTicket() {
        CommandLineRun run = CommandLineRun.of(
                "scenario",
                "--threads",
                "per-request",
                "--lease-scope",
                "thread",
                "--max-age",
                "unlimited",
                "--max-connections",
                "unlimited",
                "--no-reclaim",
                "--requests",
                "40",
                "--json");

        assertThat(number(run, "opened")).isEqualTo(40);
        assertThat(number(run, "closed")).isZero();
        assertThat(number(run, "openAtEnd")).isEqualTo(40);
        assertThat(number(run, "peakOpen")).isEqualTo(40);
    }

    @Test
    void runsTheMatrixWithoutOptions() {
        CommandLineRun run = CommandLineRun.of("scenario", "--requests", "50");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).startsWith("threads").endsWith("seconds");
        assertThat(lines.subList(1, 7))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("per-request  Django as it is"),
                        line -> assertThat(line).startsWith("per-request  Mooring's defaults"),
                        line -> assertThat(line).startsWith("pool         Django as it is"),
                        line -> assertThat(line).startsWith("pool         Mooring's defaults"),
                        line -> assertThat(line).startsWith("virtual      Django as it is"),
                        line -> assertThat(line).startsWith("virtual      Mooring's defaults"));
        assertThat(lines.subList(10, 16)).allSatisfy(line -> assertThat(line).endsWith("."));
        assertThat(run.err()).contains("per-request, Django as it is: 50 requests ...");
    }

    @Test
    void leavesADatabaseThatStaysAsItWas(@TempDir Path directory) {
        String url = "sqlite:///" + directory.resolve("shop.db");
        CommandLineRun run = CommandLineRun.of("scenario", "--database", url, "--threads", "pool", "--requests", "5");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(DemoQueries.count(url, "SELECT count(*) AS n FROM auth_user"))
                .isZero();
    }

    @Test
    void ignoresTheDatabaseOfTheEnvironment() {
        CommandLineRun run = CommandLineRun.with(
                "", Map.of("DATABASE_URL", "no such thing"), "scenario", "--threads", "pool", "--requests", "5");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    private static int number(CommandLineRun run, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\": (\\d+)").matcher(run.out());
        assertThat(matcher.find()).as("%s in %s", key, run).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
