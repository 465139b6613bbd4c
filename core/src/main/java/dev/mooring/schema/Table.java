package dev.mooring.schema;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A table: its columns in order, its constraints and indexes. Immutable: each method returns a changed copy. */
public final class Table {

    private final String name;
    private final Map<String, Column> columns;
    private final List<UniqueConstraint> uniqueConstraints;
    private final List<Index> indexes;

    private Table(
            String name, Map<String, Column> columns, List<UniqueConstraint> uniqueConstraints, List<Index> indexes) {
        this.name = requireNonNull(name, "name");
        this.columns = columns;
        this.uniqueConstraints = List.copyOf(uniqueConstraints);
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
    public Table with(UniqueConstraint constraint) {
        constraint.columns().forEach(this::column);
        return new Table(name, columns, appended(uniqueConstraints, constraint), indexes);
    }

    /** {@return this table with one more index} */
    public Table with(Index index) {
        index.columns().forEach(this::column);
        return new Table(name, columns, uniqueConstraints, appended(indexes, index));
    }

    /** {@return this table with one more column, the last} */
    public Table add(Column column) {
        if (columns.containsKey(column.name())) {
            throw new IllegalArgumentException("Table " + name + " has a column " + column.name() + " already");
        }
        return put(column);
    }

    /** {@return this table with the column of that name exchanged, in its place} */
    public Table replace(Column column) {
        column(column.name());
        return put(column);
    }

    /**
     * {@return this table without that column}
     *
     * @throws IllegalArgumentException if there is none, or a constraint or an index needs it
     */
    public Table remove(String columnName) {
        column(columnName);
        if (isNeeded(columnName)) {
            throw new IllegalArgumentException("Table " + name + " needs its column " + columnName
                    + " for a constraint or an index; remove that first");
        }
        Map<String, Column> rest = new LinkedHashMap<>(columns);
        rest.remove(columnName);
        return new Table(name, rest, uniqueConstraints, indexes);
    }

    /** {@return the name, not quoted} */
    public String name() {
        return name;
    }

    /** {@return the columns, in order} */
    public List<Column> columns() {
        return List.copyOf(columns.values());
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

    /** {@return the constraints over several columns} */
    public List<UniqueConstraint> uniqueConstraints() {
        return uniqueConstraints;
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

    private boolean isNeeded(String columnName) {
        return Stream.concat(
                        uniqueConstraints.stream().map(UniqueConstraint::columns),
                        indexes.stream().map(Index::columns))
                .anyMatch(names -> names.contains(columnName));
    }

    private Table put(Column column) {
        Map<String, Column> changed = new LinkedHashMap<>(columns);
        changed.put(column.name(), column);
        return new Table(name, changed, uniqueConstraints, indexes);
    }

    private static <T> List<T> appended(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
