package dev.mooring.postgres;

import static dev.mooring.postgres.PostgresSchemaGenerator.MAX_NAME;

import dev.mooring.schema.Column;
import dev.mooring.schema.Constraint;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.ForeignKey;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.schema.UniqueConstraint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the constraints and indexes of a table are called before a change: looked up, for that depends on how the table came
 * about. Where the database has none, it is the name that it would have been given. Immutable.
 */
final class PostgresNames {

    private final TableChange change;
    private final Table table;

    PostgresNames(TableChange change) {
        this.change = change;
        this.table = change.before();
    }

    /** {@return what a table has that was just created, with the names that were given or chosen} */
    static List<ConstraintInfo> ofNew(Table table) {
        PostgresNames names = new PostgresNames(TableChange.of(table, table));
        List<ConstraintInfo> all = new ArrayList<>();
        for (Column column : table.columns()) {
            List<String> only = List.of(column.name());
            if (column.isPrimaryKey()) {
                all.add(ConstraintInfo.primaryKey(names.primaryKey(), only));
            }
            if (column.isUnique()) {
                all.add(ConstraintInfo.unique(names.unique(column), only, false));
            }
            if (PostgresColumns.check(column).isPresent()) {
                all.add(ConstraintInfo.check(names.check(column), only));
            }
            PostgresColumns.patternOperators(column)
                    .ifPresent(operators -> all.add(ConstraintInfo.index(names.patternIndex(column), only)));
            column.reference().ifPresent(key -> all.add(ConstraintInfo.foreignKey(names.foreignKey(key), key)));
        }
        table.indexes().forEach(index -> all.add(ConstraintInfo.index(names.index(index), index.columns())));
        for (Constraint constraint : table.constraints()) {
            String name = names.constraint(constraint);
            all.add(
                    constraint instanceof UniqueConstraint unique
                            ? ConstraintInfo.unique(
                                    name, unique.columns(), unique.condition().isPresent())
                            : ConstraintInfo.check(name, List.of()));
        }
        return all;
    }

    String primaryKey() {
        return change.present().stream()
                .filter(ConstraintInfo::primaryKey)
                .map(ConstraintInfo::name)
                .findFirst()
                .orElseGet(() -> chosen(table.name(), "", "pkey"));
    }

    String foreignKey(ForeignKey key) {
        return find(List.of(key.column()), found -> found.foreignKey() != null, key.name(table.name(), MAX_NAME));
    }

    String unique(Column column) {
        return find(List.of(column.name()), PostgresNames::isUnique, chosen(table.name(), column.name(), "key"));
    }

    String check(Column column) {
        List<String> named = table.constraints().stream()
                .map(constraint -> constraint.name(table.name(), MAX_NAME))
                .toList();
        return find(
                List.of(column.name()),
                found -> found.check() && !named.contains(found.name()),
                chosen(table.name(), column.name(), "check"));
    }

    String patternIndex(Column column) {
        return find(
                List.of(column.name()),
                found -> found.index() && found.name().endsWith("_like"),
                PostgresSchemaGenerator.patternIndexName(table, column.name()));
    }

    String index(Index index) {
        String automatic = index.name(table.name(), MAX_NAME);
        List<String> named = table.indexes().stream()
                .filter(Index::isNamed)
                .map(other -> other.name(table.name(), MAX_NAME))
                .toList();
        return index.isNamed()
                ? automatic
                : find(
                        index.columns(),
                        found -> found.index()
                                && !found.unique()
                                && !found.name().endsWith("_like")
                                && !named.contains(found.name()),
                        automatic);
    }

    String constraint(Constraint constraint) {
        String automatic = constraint.name(table.name(), MAX_NAME);
        if (!(constraint instanceof UniqueConstraint unique) || unique.isNamed()) {
            return automatic;
        }
        return find(
                unique.columns(),
                unique.condition().isPresent() ? found -> found.unique() && found.index() : PostgresNames::isUnique,
                automatic);
    }

    private static boolean isUnique(ConstraintInfo found) {
        return found.unique() && !found.primaryKey() && !found.index();
    }

    /** Somebody may have made another one of the same kind: the usual name goes first. */
    private String find(List<String> columns, Predicate<ConstraintInfo> kind, String usual) {
        return change.nameOf(columns, kind.and(found -> found.name().equals(usual)))
                .or(() -> change.nameOf(columns, kind))
                .orElse(usual);
    }

    /** {@return the name that the server chooses: what is too long loses from its longer half, whole characters} */
    static String chosen(String table, String column, String label) {
        String first = table;
        String second = column;
        int available = MAX_NAME - label.length() - 1 - (second.isEmpty() ? 0 : 1);
        while (bytes(first) + bytes(second) > available) {
            if (bytes(first) > bytes(second)) {
                first = shortened(first);
            } else {
                second = shortened(second);
            }
        }
        return first + (second.isEmpty() ? "" : "_" + second) + "_" + label;
    }

    private static String shortened(String text) {
        return text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
