package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationListener;
import dev.mooring.migrations.MigrationPlan;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Django's {@code migrate}. */
@Command(
        name = "migrate",
        description = "Create or alter Django's tables: everything that is not applied yet.",
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class MigrateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    MigrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(unbounded(target.settings()))) {
            MigrationPlan plan = Migrations.executor(databases).plan();
            if (plan.isEmpty()) {
                terminal.out().println("Everything is applied.");
            } else {
                int count = plan.migrations().size();
                terminal.out().println("To apply: " + count + " migrations of " + String.join(", ", plan.apps()));
            }
            Migrations.migrate(databases, new Printer(terminal.out()));
        }
        return ExitCode.OK;
    }

    private record Printer(PrintWriter out) implements MigrationListener {
        @Override
        public void applying(Migration migration) {
            out.print("  Applying " + migration.id() + "...");
            out.flush();
        }

        @Override
        public void applied(Migration migration) {
            out.println(" OK");
        }
    }

    /** A migration of a large table takes as long as it takes. */
    private static DatabaseSettings unbounded(DatabaseSettings settings) {
        return settings.toBuilder().statementTimeout(Duration.ZERO).build();
    }
}
