package dev.mooring.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All tables known at one point of the history: what Django calls the project state. Immutable. */
public final class Schema {

    private static final Schema EMPTY = new Schema(new TreeMap<>());

    private final Map<String, Table> tables;

    private Schema(Map<String, Table> tables) {
        this.tables = tables;
    }

    /** {@return the state before the first migration} */
    public static Schema empty() {
        return EMPTY;
    }

    /**
     * {@return this state and a new table}
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public Schema add(Table table) {
        if (tables.containsKey(table.name())) {
            throw new IllegalArgumentException("There is a table " + table.name() + " already");
        }
        return put(table);
    }

    /**
     * {@return this state with the table of that name exchanged}
     *
     * @throws IllegalArgumentException if there is none
     */
    public Schema replace(Table table) {
        table(table.name());
        return put(table);
    }

    /**
     * {@return this state without that table}
     *
     * @throws IllegalArgumentException if there is none
     */
    public Schema remove(String name) {
        table(name);
        SortedMap<String, Table> rest = new TreeMap<>(tables);
        rest.remove(name);
        return new Schema(rest);
    }

    /**
     * {@return this state with a table under another name} Foreign keys of other tables follow.
     *
     * @throws IllegalArgumentException if there is none, or one of the new name
     */
    public Schema rename(String name, String newName) {
        Table renamed = table(name).renamed(newName);
        SortedMap<String, Table> changed = new TreeMap<>(remove(name).add(renamed).tables);
        changed.replaceAll((key, table) -> table.pointing(to -> to.retargeted(name, newName)));
        return new Schema(changed);
    }

    /**
     * {@return this state with a column under another name} Foreign keys to it follow, and so do constraints and indexes.
     *
     * @throws IllegalArgumentException if there is none, or one of the new name
     */
    public Schema renameColumn(String table, String from, String to) {
        SortedMap<String, Table> changed = new TreeMap<>(replace(table(table).renameColumn(from, to)).tables);
        changed.replaceAll((key, other) -> other.pointing(target -> target.retargeted(table, from, to)));
        return new Schema(changed);
    }

    /**
     * {@return this state with a column exchanged for another one of its name} Where its type changes, the columns that
     * refer to it follow, and those that refer to them: as in Django, which gives them no type of their own. One that had
     * another type already keeps it.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Schema replaceColumn(String table, Column column) {
        Column old = table(table).column(column.name());
        Schema changed = replace(table(table).replace(column));
        return old.type().equals(column.type()) ? changed : changed.followed(table, old, column);
    }

    private Schema followed(String table, Column old, Column altered) {
        Schema state = this;
        for (Table other : List.copyOf(tables.values())) {
            for (Column column : other.columns()) {
                boolean refers = column.reference()
                        .filter(key ->
                                key.toTable().equals(table) && key.toColumn().equals(altered.name()))
                        .isPresent();
                boolean follows = column.type().referring().equals(old.type().referring());
                ColumnType type = altered.type().referring();
                if (refers && follows && !column.type().equals(type)) {
                    state = state.replaceColumn(other.name(), column.typed(type));
                }
            }
        }
        return state;
    }

    /**
     * {@return this state without that column}
     *
     * @throws IllegalArgumentException if there is none, or a constraint, an index or a foreign key needs it
     */
    public Schema removeColumn(String table, String column) {
        for (Table other : tables.values()) {
            for (ForeignKey key : other.foreignKeys()) {
                boolean refers = key.toTable().equals(table) && key.toColumn().equals(column);
                if (refers && !other.name().equals(table)) {
                    throw new IllegalArgumentException(
                            "Column " + column + " of table " + table + " is what the column " + key.column()
                                    + " of table " + other.name() + " refers to; remove or alter that first");
                }
            }
        }
        return replace(table(table).remove(column));
    }

    /**
     * {@return the table of that name}
     *
     * @throws IllegalArgumentException if there is none
     */
    public Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("There is no table " + name + ", only " + tables.keySet());
        }
        return table;
    }

    /** {@return all tables, sorted by name} */
    public Collection<Table> tables() {
        return Collections.unmodifiableCollection(tables.values());
    }

    @Override
    public String toString() {
        return tables.keySet().toString();
    }

    private Schema put(Table table) {
        SortedMap<String, Table> changed = new TreeMap<>(tables);
        changed.put(table.name(), table);
        return new Schema(changed);
    }
}
