package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void migrateGoesToAMigrationAndBack() {
        CommandLineRun half = migrate("auth", "0005");
        CommandLineRun back = migrate("auth", "0003_alter_user_email_max_length");
        CommandLineRun zero = migrate("auth", "zero");
        CommandLineRun all = migrate();

        assertThat(half.out())
                .startsWith("To apply: 6 migrations of auth, contenttypes\n")
                .endsWith("  Applying auth.0005_alter_user_last_login_null... OK\n");
        assertThat(back.out()).isEqualTo("""
                To undo: 2 migrations of auth
                  Unapplying auth.0005_alter_user_last_login_null... OK
                  Unapplying auth.0004_alter_user_username_opts... OK
                """);
        assertThat(zero.out()).startsWith("To undo: 3 migrations of auth\n");
        assertThat(all.out()).startsWith("To apply: 14 migrations of auth, contenttypes, sessions\n");
        assertThat(migrate("sessions").out()).isEqualTo("Everything is applied.\n");
    }

    @Test
    void migrateOnlySaysWhatItWouldDo() {
        CommandLineRun plan = migrate("contenttypes", "--plan");
        CommandLineRun check = migrate("--check");

        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out()).isEqualTo("""
                To apply: 2 migrations of contenttypes
                  contenttypes.0001_initial
                      create table django_content_type
                  contenttypes.0002_remove_content_type_name
                      alter column name of django_content_type
                      run SQL to undo only
                      remove column name of django_content_type
                """);
        assertThat(check.exitCode()).isEqualTo(ExitCode.NO);
        migrate();
        assertThat(migrate("--check").exitCode()).isZero();
    }

    @Test
    void migrateFakes() {
        CommandLineRun all = migrate("sessions", "--fake");
        CommandLineRun initial = migrate("auth", "0001", "--fake-initial");

        assertThat(all.out()).contains("  Applying sessions.0001_initial... FAKED\n");
        assertThat(initial.out()).contains("  Applying auth.0001_initial... OK\n");
    }

    @Test
    void showmigrationsListsThePlanWithWhatEachNeeds() {
        migrate("contenttypes", "0001");

        CommandLineRun plan = CommandLineRun.of("showmigrations", "--plan", "auth", "contenttypes", "--database", url);

        assertThat(plan.out())
                .startsWith("[X]  contenttypes.0001_initial\n")
                .contains("[ ]  auth.0001_initial ... (contenttypes.0001_initial)\n")
                .doesNotContain("sessions");
    }

    @Test
    void sqlmigratePrintsAMigrationAndItsUndoing() {
        CommandLineRun forwards = CommandLineRun.of("sqlmigrate", "sessions", "0001", "--database", url);
        CommandLineRun backwards =
                CommandLineRun.of("sqlmigrate", "sessions", "0001", "--backwards", "--database", url);
        CommandLineRun nothing = CommandLineRun.of("sqlmigrate", "auth", "0004", "--database", url);

        assertThat(forwards.out())
                .startsWith("CREATE TABLE \"django_session\" (")
                .contains(";\nCREATE INDEX ");
        assertThat(backwards.out()).isEqualTo("DROP TABLE \"django_session\";\n");
        assertThat(nothing.out()).isEqualTo("-- auth.0004_alter_user_username_opts has no SQL\n");
        assertThat(migrate("--plan").out()).startsWith("To apply: 15");
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

    private CommandLineRun migrate(String... arguments) {
        List<String> all = new ArrayList<>(List.of("migrate", "--database", url));
        all.addAll(List.of(arguments));
        return CommandLineRun.of(all.toArray(String[]::new));
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
