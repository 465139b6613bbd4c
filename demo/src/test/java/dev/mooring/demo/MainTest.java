package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scenario",
                "runserver",
                "migrate",
                "showmigrations",
                "sqlmigrate",
                "createsuperuser",
                "authenticate",
                "changepassword",
                "clearsessions",
                "check",
                "inspect",
                "dbshell"
            })
    void listsEachCommandAndEachHasHelp(String command) {
        assertThat(CommandLineRun.of("--help").out()).contains("  " + command);

        CommandLineRun help = CommandLineRun.of(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: mooring " + command, "--database", "--verbose");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void tellsItsVersion() {
        assertThat(CommandLineRun.of("--version").out()).startsWith("mooring ");
        assertThat(CommandLineRun.of("migrate", "--version").out()).startsWith("mooring ");
    }

    @Test
    void wantsACommand() {
        CommandLineRun run = CommandLineRun.of();

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("error: Missing required subcommand", "Try 'mooring --help'");
    }

    @Test
    void namesAnOptionThatItDoesNotKnow() {
        CommandLineRun run = CommandLineRun.of("migrate", "--speed");

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("error: Unknown option: '--speed'", "Try 'mooring migrate --help'");
    }

    @Test
    void hidesThePasswordOfAUrlInTheWrongPlace() {
        CommandLineRun run = CommandLineRun.of("migrate", "postgres://app:hunter2@db.example/shop");

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run.err()).contains("postgres://app:***@db.example/shop").doesNotContain("hunter2");
    }
}
