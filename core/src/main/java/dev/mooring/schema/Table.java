package dev.mooring.schema;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A table: its columns in order, its constraints and indexes. A column that becomes the primary key takes that from the
 * one that was. Immutable: each method returns a changed copy.
 */
public final class Table {

    private final String name;
    private final Map<String, Column> columns;
    private final List<Constraint> constraints;
    private final List<Index> indexes;

    private Table(String name, Map<String, Column> columns, List<Constraint> constraints, List<Index> indexes) {
        this.name = requireNonNull(name, "name");
        this.columns = columns;
        this.constraints = List.copyOf(constraints);
        this.indexes = List.copyOf(indexes);
    }

    /** {@return a table with these columns} */
    public static Table of(String name, Column... columns) {
        Table table = new Table(name, Map.of(), List.of(), List.of());
        return Arrays.stream(columns).reduce(table, Table::add, (first, second) -> second);
    }

    /** {@return this table, in which these columns together are unique} */
    public Table unique(String... names) {
        return with(UniqueConstraint.on(names));
    }

    /** {@return this table with one more constraint} */
    public Table with(Constraint constraint) {
        constraint.columns().forEach(this::column);
        return new Table(name, columns, appended(constraints, constraint), indexes);
    }

    /** {@return this table with one more index} */
    public Table with(Index index) {
        index.columns().forEach(this::column);
        return new Table(name, columns, constraints, appended(indexes, index));
    }

    /**
     * {@return this table without that constraint}
     *
     * @throws IllegalArgumentException if it has none that is equal
     */
    public Table without(Constraint constraint) {
        return new Table(name, columns, removed(constraints, constraint), indexes);
    }

    /**
     * {@return this table without that index}
     *
     * @throws IllegalArgumentException if it has none that is equal
     */
    public Table without(Index index) {
        return new Table(name, columns, constraints, removed(indexes, index));
    }

    /** {@return this table with one more column, the last} */
    public Table add(Column column) {
        requireNew(column.name());
        return put(column);
    }

    /** {@return this table with the column of that name exchanged, in its place} */
    public Table replace(Column column) {
        column(column.name());
        return put(column);
    }

    /**
     * {@return this table with {@code column} in the place of the one called {@code old}} Constraints and indexes follow
     * another name, and so do the names in their conditions.
     */
    public Table replace(String old, Column column) {
        column(old);
        if (old.equals(column.name())) {
            return put(column);
        }
        requireNew(column.name());
        Map<String, Column> changed = new LinkedHashMap<>();
        columns.forEach((key, value) -> {
            Column kept = key.equals(old) ? column : value;
            changed.put(kept.name(), kept);
        });
        return new Table(
                        name,
                        withOneKey(changed, column),
                        constraints.stream()
                                .map(constraint -> constraint.renamed(old, column.name()))
                                .toList(),
                        indexes.stream()
                                .map(index -> index.renamed(old, column.name()))
                                .toList())
                .pointing(key -> key.retargeted(name, old, column.name()));
    }

    /** {@return this table with one column under another name} */
    public Table renameColumn(String from, String to) {
        return replace(from, column(from).renamed(to));
    }

    /** {@return this table under another name, foreign keys to itself included} */
    public Table renamed(String newName) {
        return new Table(
                        newName,
                        columns,
                        constraints.stream()
                                .map(constraint -> constraint.retargeted(name, newName))
                                .toList(),
                        indexes.stream()
                                .map(index -> index.retargeted(name, newName))
                                .toList())
                .pointing(key -> key.retargeted(name, newName));
    }

    /** {@return this table with its foreign keys changed} */
    Table pointing(UnaryOperator<ForeignKey> change) {
        Map<String, Column> changed = new LinkedHashMap<>(columns);
        changed.replaceAll((key, column) -> column.reference()
                .map(reference -> column.with(change.apply(reference)))
                .orElse(column));
        return new Table(name, changed, constraints, indexes);
    }

    /**
     * {@return this table without that column}
     *
     * @throws IllegalArgumentException if there is none, or a constraint, an index or a condition of one names it
     */
    public Table remove(String columnName) {
        column(columnName);
        List<String> needs = needs(columnName);
        if (!needs.isEmpty()) {
            throw new IllegalArgumentException("Table " + name + " needs its column " + columnName + " for "
                    + String.join(", ", needs) + "; remove that first");
        }
        Map<String, Column> rest = new LinkedHashMap<>(columns);
        rest.remove(columnName);
        return new Table(name, rest, constraints, indexes);
    }

    /** {@return the name, not quoted} */
    public String name() {
        return name;
    }

    /** {@return the columns, in order} */
    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    /** {@return whether there is a column of that name} */
    public boolean has(String columnName) {
        return columns.containsKey(columnName);
    }

    /**
     * {@return the column of that name}
     *
     * @throws IllegalArgumentException if there is none
     */
    public Column column(String columnName) {
        Column column = columns.get(columnName);
        if (column == null) {
            throw new IllegalArgumentException(
                    "Table " + name + " has no column " + columnName + ", only " + columns.keySet());
        }
        return column;
    }

    /** {@return the constraints that are more than traits of one column} */
    public List<Constraint> constraints() {
        return constraints;
    }

    /** {@return all plain indexes: first those of single columns, then the others} */
    public List<Index> indexes() {
        Stream<Index> ofColumns =
                columns.values().stream().filter(Column::isIndexed).map(column -> Index.on(column.name()));
        return Stream.concat(ofColumns, indexes.stream()).toList();
    }

    /** {@return the foreign keys, in the order of the columns} */
    public List<ForeignKey> foreignKeys() {
        return columns.values().stream()
                .map(Column::reference)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public String toString() {
        return name + columns.values();
    }

    private List<String> needs(String columnName) {
        Stream<String> ofConstraints = constraints.stream()
                .filter(constraint -> constraint.names(columnName))
                .map(constraint -> "the constraint " + constraint.name(name, Integer.MAX_VALUE));
        Stream<String> ofIndexes = indexes.stream()
                .filter(index -> index.names(columnName))
                .map(index -> "the index " + index.name(name, Integer.MAX_VALUE));
        Stream<String> ofKeys = foreignKeys().stream()
                .filter(key -> !key.column().equals(columnName))
                .filter(key -> key.toTable().equals(name) && key.toColumn().equals(columnName))
                .map(key -> "the foreign key of " + key.column());
        return Stream.of(ofConstraints, ofIndexes, ofKeys)
                .flatMap(names -> names)
                .toList();
    }

    private void requireNew(String columnName) {
        if (columns.containsKey(columnName)) {
            throw new IllegalArgumentException("Table " + name + " has a column " + columnName + " already");
        }
    }

    private Table put(Column column) {
        Map<String, Column> changed = new LinkedHashMap<>(columns);
        changed.put(column.name(), column);
        return new Table(name, withOneKey(changed, column), constraints, indexes);
    }

    private static Map<String, Column> withOneKey(Map<String, Column> columns, Column latest) {
        if (latest.isPrimaryKey()) {
            columns.replaceAll((key, column) -> column == latest || !column.isPrimaryKey() ? column : column.demoted());
        }
        return columns;
    }

    private static <T> List<T> appended(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    private <T> List<T> removed(List<T> list, T part) {
        List<T> shorter = new ArrayList<>(list);
        if (!shorter.remove(part)) {
            throw new IllegalArgumentException("Table " + name + " has no " + part + ", only " + list);
        }
        return shorter;
    }
}
