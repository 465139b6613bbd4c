package dev.mooring;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Attachment;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.RelationInfo;
import dev.mooring.schema.SequenceInfo;
import dev.mooring.schema.TableInfo;
import dev.mooring.spi.Introspector;
import dev.mooring.spi.SqlRunner;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a database says of its tables: Django's {@code connection.introspection}. Asks anew each time, through the calling
 * thread's wrapper, so inside {@code atomic} it sees what was done there. Thread-safe.
 *
 * <p>Names are as the database has them, not quoted. A table is what an unqualified name finds, on PostgreSQL in any
 * schema of the search path.
 */
public final class Introspection {

    private final String alias;
    private final Introspector introspector;
    private final Supplier<DatabaseWrapper> wrapper;

    Introspection(String alias, Introspector introspector, Supplier<DatabaseWrapper> wrapper) {
        this.alias = alias;
        this.introspector = introspector;
        this.wrapper = wrapper;
    }

    /** {@return the names of the tables, sorted by code point} */
    public List<String> tableNames() {
        return introspector.tableNames(sql(), false);
    }

    /** {@return the names of the tables and views, sorted by code point} */
    public List<String> tableAndViewNames() {
        return introspector.tableNames(sql(), true);
    }

    /** {@return the tables, partitions and views, with what they are: Django's {@code get_table_list}} */
    public List<TableInfo> tables() {
        return introspector.tables(sql());
    }

    /**
     * {@return the columns of a table or view, in order: Django's {@code get_table_description}}
     *
     * @throws dev.mooring.error.ProgrammingException if there is none of that name
     */
    public List<ColumnInfo> columns(String table) {
        List<ColumnInfo> columns = introspector.columns(sql(), table);
        if (columns.isEmpty()
                && tables().stream().noneMatch(found -> found.name().equals(table))) {
            throw ErrorKind.PROGRAMMING.exception("Database '%s' has no table or view \"%s\"; it has %s"
                    .formatted(alias, table, tableAndViewNames()));
        }
        return columns;
    }

    /** {@return the constraints and indexes of a table; empty for one that does not exist} */
    public List<ConstraintInfo> constraints(String table) {
        return introspector.constraints(sql(), table);
    }

    /** {@return the foreign keys of one column; empty for a table that does not exist} */
    public List<RelationInfo> relations(String table) {
        return introspector.relations(sql(), table);
    }

    /** {@return what numbers the rows of a table; empty for one that does not exist} */
    public List<SequenceInfo> sequences(String table) {
        return introspector.sequences(sql(), table);
    }

    /** {@return the indexes, triggers and views that name a table, where that matters to changes of the table} */
    public List<Attachment> attachments(String table) {
        return introspector.attachments(sql(), table);
    }

    /** {@return the columns of the primary key, in its order; empty for a table that has none or does not exist} */
    public List<String> primaryKeyColumns(String table) {
        return constraints(table).stream()
                .filter(ConstraintInfo::primaryKey)
                .flatMap(key -> key.columns().stream().flatMap(column -> Optional.ofNullable(column).stream()))
                .toList();
    }

    /** {@return the first column of the primary key} */
    public Optional<String> primaryKeyColumn(String table) {
        return primaryKeyColumns(table).stream().findFirst();
    }

    /**
     * {@return the name of Django's field for such a column, such as {@code CharField}}
     *
     * @throws dev.mooring.error.NotSupportedException if Django has none
     */
    public String fieldType(ColumnInfo column) {
        return introspector.fieldType(column);
    }

    private SqlRunner sql() {
        return new CursorSqlRunner(wrapper.get());
    }
}
