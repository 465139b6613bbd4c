package dev.mooring.demo;

import static java.util.stream.Collectors.joining;

import dev.mooring.Databases;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Django's {@code showmigrations}. */
@Command(
        name = "showmigrations",
        description = "List the migrations of each app; [X] marks those that are applied.",
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class ShowmigrationsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Parameters(paramLabel = "APP", description = "The apps to list. Default: all.")
    private List<String> apps = new ArrayList<>();

    @Option(names = "--plan", description = "List them in the order in which they are applied, with what each needs.")
    private boolean plan;

    ShowmigrationsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(target.settings())) {
            MigrationLoader loader = Migrations.executor(databases).load();
            apps.forEach(loader::requireApp);
            Set<String> wanted = apps.isEmpty() ? loader.apps() : new TreeSet<>(apps);
            if (plan) {
                printPlan(loader, wanted);
            } else {
                wanted.forEach(app -> printApp(loader, app));
            }
        }
        return ExitCode.OK;
    }

    private void printApp(MigrationLoader loader, String app) {
        terminal.out().println(app);
        loader.graph().plan().stream()
                .filter(migration -> migration.id().app().equals(app))
                .forEach(migration -> terminal.out()
                        .println(" " + mark(loader, migration) + " "
                                + migration.id().name() + squashed(migration)));
    }

    private void printPlan(MigrationLoader loader, Set<String> wanted) {
        for (Migration migration : loader.graph().plan()) {
            if (wanted.contains(migration.id().app())) {
                String needs = loader.graph().parents(migration.id()).stream()
                        .map(Object::toString)
                        .collect(joining(", "));
                terminal.out()
                        .println(mark(loader, migration) + "  " + migration
                                + (needs.isEmpty() ? "" : " ... (" + needs + ")"));
            }
        }
    }

    private static String mark(MigrationLoader loader, Migration migration) {
        return loader.isApplied(migration.id()) ? "[X]" : "[ ]";
    }

    private static String squashed(Migration migration) {
        int count = migration.replaces().size();
        return count == 0 ? "" : " (stands for " + count + ")";
    }
}
