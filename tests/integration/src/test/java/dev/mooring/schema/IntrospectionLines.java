package dev.mooring.schema;

import static java.util.stream.Collectors.joining;

import dev.mooring.Database;
import dev.mooring.Introspection;
import dev.mooring.error.NotSupportedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What introspection says, one line for each fact, as {@code mooring_introspection.py} writes what Django's says. */
final class IntrospectionLines {

    private final Introspection introspection;
    private final boolean sqlite;
    private final boolean mariadb;
    private final List<String> lines = new ArrayList<>();

    private IntrospectionLines(Database database) {
        this.introspection = database.introspection();
        this.sqlite = database.backend().engine().equals("sqlite3");
        this.mariadb = database.backend().engine().equals("mariadb");
    }

    static List<String> of(Database database) {
        IntrospectionLines all = new IntrospectionLines(database);
        all.tell();
        return all.lines;
    }

    private void tell() {
        say("names", introspection.tableNames());
        say("names and views", introspection.tableAndViewNames());
        introspection.tables().forEach(this::tell);
    }

    private void tell(TableInfo table) {
        say("table", table.name(), table.kind().code());
        introspection.columns(table.name()).forEach(column -> tell(table.name(), column));
        if (table.kind().code() == 'v') {
            return;
        }
        String name = table.name();
        say("key", name, introspection.primaryKeyColumn(name).orElse(null));
        introspection.sequences(name).forEach(found -> say("sequence", found.name(), found.table(), found.column()));
        introspection.relations(name).stream()
                .sorted(Comparator.comparing(RelationInfo::column))
                .forEach(found -> say("relation", name, found.column(), found.toColumn(), found.toTable()));
        introspection.constraints(name).stream()
                .sorted(Comparator.comparing(ConstraintInfo::name))
                .forEach(found -> tell(name, found));
    }

    /** Django gives the code of a type where it has one, and on PostgreSQL does not tell the key. */
    private void tell(String table, ColumnInfo column) {
        say(
                "column",
                table,
                column.name(),
                sqlite ? column.type() : column.typeCode(),
                null,
                column.internalSize(),
                column.precision(),
                column.scale(),
                column.nullable(),
                column.defaultValue(),
                column.collation(),
                sqlite ? column.primaryKey() : null,
                column.jsonConstraint());
        say("field", table, column.name(), field(column));
    }

    private void tell(String table, ConstraintInfo found) {
        say(
                "constraint",
                table,
                found.name(),
                found.columns(),
                found.primaryKey(),
                found.unique(),
                found.foreignKey() == null
                        ? null
                        : List.of(found.foreignKey().table(), found.foreignKey().column()),
                found.check(),
                found.index(),
                // Which Django tells since 4.2.
                mariadb ? List.of() : found.orders(),
                found.type(),
                found.definition(),
                found.options());
    }

    private String field(ColumnInfo column) {
        try {
            return introspection.fieldType(column);
        } catch (NotSupportedException e) {
            return null;
        }
    }

    private void say(Object... facts) {
        lines.add(Arrays.stream(facts).map(IntrospectionLines::text).collect(joining(" | ")));
    }

    private static String text(Object fact) {
        if (fact instanceof List<?> list) {
            return list.stream().map(IntrospectionLines::text).collect(joining(", ", "[", "]"));
        }
        return fact == null ? "-" : fact.toString();
    }
}
