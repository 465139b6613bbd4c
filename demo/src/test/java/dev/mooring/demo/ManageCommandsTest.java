package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManageCommandsTest {

    @TempDir
    private Path directory;

    private String url = "";

    @BeforeEach
    void nameAFile() {
        url = "sqlite:///" + directory.resolve("shop.db");
    }

    @Test
    void migrateAppliesEverythingOnce() {
        CommandLineRun first = CommandLineRun.of("migrate", "--database", url);
        CommandLineRun second = CommandLineRun.of("migrate", "--database", url);

        assertThat(first.out())
                .startsWith("To apply: 15 migrations of auth, contenttypes, sessions\n")
                .contains("  Applying contenttypes.0001_initial... OK\n", "  Applying sessions.0001_initial... OK\n");
        assertThat(second.out()).isEqualTo("Everything is applied.\n");
        assertThat(first.exitCode() + second.exitCode()).isZero();
    }

    @Test
    void showmigrationsMarksWhatIsApplied() {
        CommandLineRun before = CommandLineRun.of("showmigrations", "--database", url);
        CommandLineRun.of("migrate", "--database", url);
        CommandLineRun after = CommandLineRun.of("showmigrations", "--database", url);

        assertThat(before.out())
                .startsWith("auth\n [ ] 0001_initial\n")
                .contains("\nsessions\n [ ] 0001_initial\n")
                .doesNotContain("[X]");
        assertThat(after.out()).isEqualTo(before.out().replace("[ ]", "[X]"));
    }

    @Test
    void authenticateKnowsTheSuperuserThatWasCreated() {
        createSuperuser();

        CommandLineRun right = authenticate("correct horse\n");
        CommandLineRun wrong = authenticate("battery staple\n");

        assertThat(right).isEqualTo(new CommandLineRun(ExitCode.OK, "ann\n", ""));
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).startsWith("No:");
    }

    @Test
    void createsuperuserRefusesANameThatIsTaken() {
        assertThat(createSuperuser().exitCode()).isEqualTo(ExitCode.OK);

        CommandLineRun again = createSuperuser();

        assertThat(again.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(again.err()).contains("'ann'");
    }

    @Test
    void theEnvironmentNamesTheDatabaseUnlessTheOptionDoes() {
        Map<String, String> environment = Map.of("DATABASE_URL", url);
        CommandLineRun.with("", environment, "migrate");
        String other = "sqlite:///" + directory.resolve("other.db");

        assertThat(CommandLineRun.of("migrate", "--database", url).out()).isEqualTo("Everything is applied.\n");
        assertThat(CommandLineRun.with("", environment, "migrate", "--database", other)
                        .out())
                .startsWith("To apply: 15");
    }

    @Test
    void runserverWarnsOfMigrationsThatAreNotApplied() {
        String noPort = "70000";
        CommandLineRun before = CommandLineRun.of("runserver", "--database", url, "--port", noPort);
        CommandLineRun.of("migrate", "--database", url);
        CommandLineRun after = CommandLineRun.of("runserver", "--database", url, "--port", noPort);

        assertThat(before.out()).startsWith("\nNot applied yet: 15 migrations of auth, contenttypes, sessions.\n");
        assertThat(after.out()).isEmpty();
    }

    private CommandLineRun createSuperuser() {
        CommandLineRun.of("migrate", "--database", url);
        return CommandLineRun.withInput(
                "correct horse\n", "createsuperuser", "--database", url, "--username", "ann", "--password-stdin");
    }

    private CommandLineRun authenticate(String input) {
        return CommandLineRun.withInput(input, "authenticate", "ann", "--database", url, "--password-stdin");
    }
}
