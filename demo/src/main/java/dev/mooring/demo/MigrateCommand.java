package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationMode;
import dev.mooring.migrations.MigrationPlan;
import dev.mooring.migrations.MigrationTarget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Django's {@code migrate}. */
@Command(
        name = "migrate",
        description = "Bring the tables up to date, or to a migration, forwards or backwards.",
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class MigrateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Parameters(index = "0", arity = "0..1", paramLabel = "APP", description = "The only app to migrate.")
    private @Nullable String app;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The migration to go to, or how its name begins; 'zero' undoes all of the app.")
    private @Nullable String name;

    @Option(names = "--plan", description = "Say what would be done, and do nothing.")
    private boolean planOnly;

    @Option(names = "--check", description = "Do nothing, and end with 1 if there is something to do.")
    private boolean check;

    @Option(names = "--fake", description = "Record the migrations as done without doing them.")
    private boolean fake;

    @Option(
            names = "--fake-initial",
            description = "Record an initial migration as done if all its tables and columns are there.")
    private boolean fakeInitial;

    MigrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(unbounded(target.settings()))) {
            MigrationExecutor executor = Migrations.executor(databases);
            List<MigrationTarget> targets = Migrations.targets(executor.load(), app, name);
            MigrationPlan plan = executor.plan(targets);
            if (planOnly || check) {
                print(plan);
                return check && !plan.isEmpty() ? ExitCode.NO : ExitCode.OK;
            }
            terminal.out().println(summary(plan));
            Migrations.migrate(databases, targets, mode(), new MigrationProgress(terminal.out()));
        }
        return ExitCode.OK;
    }

    private MigrationMode mode() {
        if (fake) {
            return MigrationMode.FAKE;
        }
        return fakeInitial ? MigrationMode.FAKE_INITIAL : MigrationMode.NORMAL;
    }

    private void print(MigrationPlan plan) {
        terminal.out().println(summary(plan));
        for (Migration migration : plan.migrations()) {
            terminal.out().println("  " + migration);
            migration.operations().forEach(operation -> terminal.out().println("      " + operation.describe()));
        }
    }

    private static String summary(MigrationPlan plan) {
        if (plan.isEmpty()) {
            return "Everything is applied.";
        }
        int count = plan.migrations().size();
        return (plan.isBackwards() ? "To undo: " : "To apply: ") + count + (count == 1 ? " migration" : " migrations")
                + " of " + String.join(", ", plan.apps());
    }

    /** A migration of a large table takes as long as it takes. */
    private static DatabaseSettings unbounded(DatabaseSettings settings) {
        return settings.toBuilder().statementTimeout(Duration.ZERO).build();
    }
}
