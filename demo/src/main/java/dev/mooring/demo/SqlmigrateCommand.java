package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationExecutor;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Django's {@code sqlmigrate}. */
@Command(
        name = "sqlmigrate",
        description = "Print the SQL of a migration for this database, and run none of it.",
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class SqlmigrateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Parameters(index = "0", paramLabel = "APP", description = "The app.")
    private String app = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The migration, or how its name begins.")
    private String name = "";

    @Option(names = "--backwards", description = "The SQL that undoes it.")
    private boolean backwards;

    SqlmigrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(target.settings())) {
            MigrationExecutor executor = Migrations.executor(databases);
            Migration migration = executor.load().find(app, name);
            List<String> statements = executor.sql(migration, backwards);
            statements.forEach(terminal.out()::println);
            if (statements.isEmpty()) {
                terminal.out().println("-- " + migration + " has no SQL");
            }
        }
        return ExitCode.OK;
    }
}
