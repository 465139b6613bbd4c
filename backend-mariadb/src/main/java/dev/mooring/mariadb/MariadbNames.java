package dev.mooring.mariadb;

import dev.mooring.schema.Column;
import dev.mooring.schema.Constraint;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.ConstraintInfo.Target;
import dev.mooring.schema.ForeignKey;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the keys and indexes of a table are called before a change: looked up, for that depends on how the table came about. Where the
 * database has none, it is the name that it would have been given. Immutable.
 */
final class MariadbNames {

    static final int MAX_NAME = 64;

    private final TableChange change;
    private final Table table;

    MariadbNames(TableChange change) {
        this.change = change;
        this.table = change.before();
    }

    /** {@return what a table has that was just created, with the names that were given or chosen} */
    static List<ConstraintInfo> ofNew(Table table) {
        List<ConstraintInfo> all = new ArrayList<>();
        for (Column column : table.columns()) {
            List<String> only = List.of(column.name());
            if (column.isPrimaryKey()) {
                all.add(withIndex("PRIMARY", only, true, null));
            }
            if (column.isUnique()) {
                all.add(ConstraintInfo.unique(column.name(), only, true));
            }
            column.reference()
                    .ifPresent(key -> all.add(withIndex(
                            key.name(table.name(), MAX_NAME), only, false, new Target(key.toTable(), key.toColumn()))));
        }
        for (Index index : table.indexes()) {
            all.add(ConstraintInfo.index(index.name(table.name(), MAX_NAME), index.columns()));
        }
        for (Constraint constraint : table.constraints()) {
            String name = constraint.name(table.name(), MAX_NAME);
            all.add(
                    constraint instanceof UniqueConstraint
                            ? ConstraintInfo.unique(name, constraint.columns(), true)
                            : ConstraintInfo.check(name, List.of()));
        }
        return all;
    }

    /** A key has an index of the same name. */
    private static ConstraintInfo withIndex(
            String name, List<String> columns, boolean primaryKey, @Nullable Target target) {
        return new ConstraintInfo(
                name,
                new ArrayList<>(columns),
                primaryKey,
                primaryKey,
                target,
                false,
                true,
                List.of(),
                "idx",
                null,
                List.of());
    }

    String foreignKey(ForeignKey key) {
        return find(List.of(key.column()), found -> found.foreignKey() != null, key.name(table.name(), MAX_NAME));
    }

    /** {@return the index that the server made for a foreign key, under the first name that this had} */
    String indexOf(ForeignKey key) {
        return change.nameOf(List.of(key.column()), found -> found.index() && !found.unique())
                .orElseGet(() -> foreignKey(key));
    }

    /** The server names the key of one column after it. */
    String unique(Column column) {
        return find(List.of(column.name()), MariadbNames::isUnique, column.name());
    }

    /** {@return the check of a type that was put on later; one that came with the column goes with its definition} */
    Optional<String> check(Column column) {
        return change.nameOf(
                List.of(column.name()), found -> found.check() && found.name().endsWith("_check"));
    }

    String index(Index index) {
        String automatic = index.name(table.name(), MAX_NAME);
        List<String> named = table.indexes().stream()
                .filter(Index::isNamed)
                .map(other -> other.name(table.name(), MAX_NAME))
                .toList();
        return index.isNamed()
                ? automatic
                : find(index.columns(), found -> isPlainIndex(found) && !named.contains(found.name()), automatic);
    }

    String constraint(Constraint constraint) {
        String automatic = constraint.name(table.name(), MAX_NAME);
        return constraint instanceof UniqueConstraint unique && !unique.isNamed()
                ? find(unique.columns(), MariadbNames::isUnique, automatic)
                : automatic;
    }

    static boolean isUnique(ConstraintInfo found) {
        return found.unique() && !found.primaryKey();
    }

    static boolean isPlainIndex(ConstraintInfo found) {
        return found.index() && !found.unique() && found.foreignKey() == null;
    }

    /** Somebody may have made another one of the same kind: the usual name goes first. */
    private String find(List<String> columns, Predicate<ConstraintInfo> kind, String usual) {
        return change.nameOf(columns, kind.and(found -> found.name().equals(usual)))
                .or(() -> change.nameOf(columns, kind))
                .orElse(usual);
    }
}
