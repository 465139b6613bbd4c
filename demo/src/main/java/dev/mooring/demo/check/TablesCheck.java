package dev.mooring.demo.check;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.Introspection;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.schema.ConstraintInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the tables of Django's own apps with those that the migrations make in an empty database. */
final class TablesCheck {

    private static final String SUBJECT = "tables";
    private static final String MIGRATE = "Run Django's 'manage.py migrate', or 'migrate' here if no Django owns them";

    private final Database database;

    TablesCheck(Database database) {
        this.database = database;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        try (Databases empty = Databases.of(DatabaseSettings.fromUrl("sqlite:///:memory:"))) {
            new MigrationExecutor(empty, DatabaseSettings.DEFAULT_ALIAS, AuthMigrations.all())
                    .migrate(MigrationListener.none());
            Database expected = empty.using(DatabaseSettings.DEFAULT_ALIAS);
            List<String> names = expected.tableNames();
            Set<String> missing = new TreeSet<>(names);
            database.tableNames().forEach(missing::remove);
            if (!missing.isEmpty()) {
                findings.add(missing(missing));
            }
            names.stream()
                    .filter(name -> !missing.contains(name))
                    .forEach(name -> compare(name, expected.introspection(), findings));
            return findings.isEmpty()
                    ? List.of(
                            Finding.ok(SUBJECT, "All " + names.size() + " tables of Django's own apps are as expected"))
                    : findings;
        }
    }

    private static Finding missing(Set<String> tables) {
        String note = tables.contains("auth_user")
                ? MIGRATE + "; a table of users of your own (AUTH_USER_MODEL) is not looked at"
                : MIGRATE;
        return Finding.fail(SUBJECT, "There is no " + String.join(", ", tables), note);
    }

    private void compare(String table, Introspection expected, List<Finding> findings) {
        Introspection actual = database.introspection();
        Map<String, ColumnInfo> columns =
                actual.columns(table).stream().collect(toMap(ColumnInfo::name, column -> column));
        for (ColumnInfo column : expected.columns(table)) {
            ColumnInfo found = columns.get(column.name());
            String name = table + "." + column.name();
            if (found == null) {
                findings.add(Finding.fail(SUBJECT, "There is no column " + name, MIGRATE));
            } else if (isText(column)
                    && !String.valueOf(column.internalSize()).equals(String.valueOf(found.internalSize()))) {
                findings.add(
                        Finding.warn(SUBJECT, name + " is " + found.type() + " instead of " + column.type(), MIGRATE));
            } else if (column.nullable() != found.nullable()) {
                findings.add(Finding.warn(
                        SUBJECT, name + (found.nullable() ? " allows NULL" : " does not allow NULL"), MIGRATE));
            }
        }
        Set<List<String>> unique = unique(actual, table);
        unique(expected, table).stream()
                .filter(names -> !unique.contains(names))
                .forEach(names -> findings.add(Finding.fail(
                        SUBJECT,
                        table + " has no unique constraint on "
                                + names.stream().sorted().collect(joining(", ")),
                        MIGRATE)));
    }

    private static boolean isText(ColumnInfo column) {
        return column.type().startsWith("varchar");
    }

    private static Set<List<String>> unique(Introspection introspection, String table) {
        return introspection.constraints(table).stream()
                .filter(ConstraintInfo::unique)
                .map(constraint -> constraint.columns().stream().sorted().toList())
                .collect(Collectors.toSet());
    }
}
