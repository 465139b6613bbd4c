package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.Introspection;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.text.Json;
import dev.mooring.demo.text.Messages;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.schema.TableInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What Django's {@code inspectdb} sees, printed as it is and not as Python. */
@Command(
        name = "inspect",
        description = {
            "Print the tables and views of a database: columns, constraints and indexes, and the field of",
            "Django's that each column would be. Only reads.",
            "Exit code 1 if one of them cannot be read."
        },
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class InspectCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Parameters(paramLabel = "TABLE", description = "The tables and views to print. Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON, for other programs.")
    private boolean json;

    private boolean unreadable;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(DatabaseOption.onlyReading(target.settings()))) {
            Introspection introspection =
                    databases.using(DatabaseSettings.DEFAULT_ALIAS).introspection();
            List<InspectedTable> tables = wanted(introspection).stream()
                    .map(table -> inspect(introspection, table))
                    .flatMap(Optional::stream)
                    .toList();
            if (json) {
                terminal.out()
                        .println(Json.of(Map.of(
                                "tables",
                                tables.stream().map(InspectedTable::json).toList())));
            } else if (tables.isEmpty() && !unreadable) {
                terminal.out().println("There is no table.");
            } else {
                tables.forEach(table -> table.lines().forEach(terminal.out()::println));
            }
        }
        return unreadable ? ExitCode.NO : ExitCode.OK;
    }

    /** {@return the table; empty if that one cannot be read, such as a view of a table that is gone} */
    private Optional<InspectedTable> inspect(Introspection introspection, TableInfo table) {
        try {
            return Optional.of(InspectedTable.of(introspection, table));
        } catch (LeaseTimeoutException e) { // the server has gone
            throw e;
        } catch (DatabaseException e) {
            unreadable = true;
            terminal.err().println("error: \"" + table.name() + "\" cannot be read: " + Messages.chain(e));
            return Optional.empty();
        }
    }

    private List<TableInfo> wanted(Introspection introspection) {
        List<TableInfo> all = introspection.tables();
        if (names.isEmpty()) {
            return all;
        }
        Set<String> unknown = new LinkedHashSet<>(names);
        all.forEach(table -> unknown.remove(table.name()));
        // Has the error that names those that there are.
        unknown.forEach(introspection::columns);
        return all.stream().filter(table -> names.contains(table.name())).toList();
    }
}
