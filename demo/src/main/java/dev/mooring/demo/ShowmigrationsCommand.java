package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationGraph;
import dev.mooring.migrations.MigrationId;
import dev.mooring.migrations.MigrationLedger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Django's {@code showmigrations}. */
@Command(
        name = "showmigrations",
        description = "List the migrations of each app; [X] marks those that are applied.",
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class ShowmigrationsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    ShowmigrationsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(target.settings())) {
            Set<MigrationId> applied = new MigrationLedger(databases, DatabaseSettings.DEFAULT_ALIAS).applied();
            byApp().forEach((app, names) -> {
                terminal.out().println(app);
                names.forEach(id -> terminal.out().println((applied.contains(id) ? " [X] " : " [ ] ") + id.name()));
            });
        }
        return ExitCode.OK;
    }

    private static Map<String, List<MigrationId>> byApp() {
        return MigrationGraph.of(AuthMigrations.all()).plan().stream()
                .map(Migration::id)
                .collect(Collectors.groupingBy(MigrationId::app, TreeMap::new, Collectors.toList()));
    }
}
