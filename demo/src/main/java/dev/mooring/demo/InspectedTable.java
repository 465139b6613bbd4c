package dev.mooring.demo;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.mooring.Introspection;
import dev.mooring.demo.text.Table;
import dev.mooring.error.NotSupportedException;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.RelationInfo;
import dev.mooring.schema.TableInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table or view for somebody to read.
 *
 * @param table its name and kind
 * @param columns its columns, in order
 * @param fields for each column Django's field; an empty text where Django has none
 * @param constraints its constraints and indexes, the primary key first
 * @param onDelete what becomes of a row when the one it refers to is deleted, by the column that refers
 */
record InspectedTable(
        TableInfo table,
        List<ColumnInfo> columns,
        List<String> fields,
        List<ConstraintInfo> constraints,
        Map<String, RelationInfo.OnDelete> onDelete) {

    private static final List<String> HEADER = List.of("column", "type", "null", "default", "Django's field");

    static InspectedTable of(Introspection introspection, TableInfo table) {
        List<ColumnInfo> columns = introspection.columns(table.name());
        return new InspectedTable(
                table,
                columns,
                columns.stream().map(column -> field(introspection, column)).toList(),
                introspection.constraints(table.name()).stream()
                        .sorted(Comparator.comparing(InspectedTable::order).thenComparing(ConstraintInfo::name))
                        .toList(),
                introspection.relations(table.name()).stream()
                        .collect(toMap(RelationInfo::column, RelationInfo::onDelete, (first, second) -> first)));
    }

    private static String field(Introspection introspection, ColumnInfo column) {
        try {
            return introspection.fieldType(column);
        } catch (NotSupportedException e) {
            return "";
        }
    }

    /** {@return the lines to print, an empty one at the end} */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        String comment = table.comment();
        lines.add(table.name() + " (" + kind() + ")" + (comment == null || comment.isEmpty() ? "" : ": " + comment));
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (int i = 0; i < columns.size(); i++) {
            ColumnInfo column = columns.get(i);
            rows.add(List.of(
                    column.name(),
                    column.type(),
                    column.nullable() ? "yes" : "no",
                    column.autoField() ? "(numbered)" : orEmpty(column.defaultValue()),
                    fields.get(i)));
        }
        new Table(HEADER.size(), rows).lines().forEach(line -> lines.add("  " + line));
        constraints.forEach(constraint -> lines.add("  " + text(constraint)));
        lines.add("");
        // A name may hold the end of a line.
        return lines.stream()
                .map(line -> line.replace("\n", "\\n").replace("\r", "\\r"))
                .toList();
    }

    /** {@return what {@link #lines()} says, for {@code Json}} */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", table.name());
        json.put("kind", kind());
        json.put("comment", table.comment());
        json.put(
                "columns",
                IntStream.range(0, columns.size())
                        .mapToObj(i -> json(columns.get(i), fields.get(i)))
                        .toList());
        json.put("constraints", constraints.stream().map(this::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(ColumnInfo column, String field) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", column.name());
        json.put("type", column.type());
        json.put("nullable", column.nullable());
        json.put("default", column.defaultValue());
        json.put("collation", column.collation());
        json.put("numbered", column.autoField());
        json.put("primaryKey", column.primaryKey());
        json.put("comment", column.comment());
        json.put("djangoField", field.isEmpty() ? null : field);
        return json;
    }

    private Map<String, @Nullable Object> json(ConstraintInfo constraint) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", constraint.name());
        json.put("kind", kind(constraint).toLowerCase(Locale.ROOT));
        json.put("columns", constraint.columns());
        json.put("orders", constraint.orders());
        json.put("definition", constraint.definition());
        ConstraintInfo.Target target = constraint.foreignKey();
        json.put("references", target == null ? null : Map.of("table", target.table(), "column", target.column()));
        json.put("onDelete", target == null ? null : onDelete(constraint));
        return json;
    }

    private String kind() {
        return table.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private String text(ConstraintInfo constraint) {
        String text = kind(constraint) + " " + constraint.name() + " (" + columns(constraint) + ")";
        ConstraintInfo.Target target = constraint.foreignKey();
        if (target != null) {
            String action = onDelete(constraint);
            text += " REFERENCES " + target.table() + " (" + target.column() + ")"
                    + (action.equals("NO ACTION") ? "" : " ON DELETE " + action);
        }
        String type = constraint.type();
        return constraint.index() && type != null && !type.equals("idx") ? text + " USING " + type : text;
    }

    private String onDelete(ConstraintInfo constraint) {
        String column = constraint.columns().isEmpty()
                ? ""
                : orEmpty(constraint.columns().get(0));
        return onDelete.getOrDefault(column, RelationInfo.OnDelete.NO_ACTION)
                .name()
                .replace('_', ' ');
    }

    private static String columns(ConstraintInfo constraint) {
        List<@Nullable String> names = constraint.columns();
        List<String> orders = constraint.orders();
        return IntStream.range(0, names.size())
                .mapToObj(i -> {
                    String name = names.get(i);
                    boolean descends = i < orders.size() && orders.get(i).equals("DESC");
                    return (name == null ? "an expression" : name) + (descends ? " DESC" : "");
                })
                .collect(joining(", "));
    }

    private static int order(ConstraintInfo constraint) {
        return List.of("PRIMARY KEY", "UNIQUE", "UNIQUE INDEX", "FOREIGN KEY", "CHECK", "INDEX")
                .indexOf(kind(constraint));
    }

    private static String kind(ConstraintInfo constraint) {
        if (constraint.primaryKey()) {
            return "PRIMARY KEY";
        } else if (constraint.foreignKey() != null) {
            return "FOREIGN KEY";
        } else if (constraint.check()) {
            return "CHECK";
        } else if (constraint.unique()) {
            return constraint.index() ? "UNIQUE INDEX" : "UNIQUE";
        }
        return "INDEX";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
