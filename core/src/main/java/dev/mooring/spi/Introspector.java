package dev.mooring.spi;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Attachment;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.RelationInfo;
import dev.mooring.schema.SequenceInfo;
import dev.mooring.schema.TableInfo;
import java.util.List;

/**
 * Reads what the database says of itself. Names are not quoted; a table is what an unqualified name finds, and one that
 * does not exist has nothing. Used from any thread. What a backend does not read is refused.
 */
public interface Introspector {

    /** {@return the names of the tables, and of the views if wanted, sorted by code point} */
    List<String> tableNames(SqlRunner sql, boolean includeViews);

    /** {@return the tables, partitions and views, sorted by name} */
    default List<TableInfo> tables(SqlRunner sql) {
        throw notRead("the list of tables");
    }

    /** {@return the columns of a table or view, in order} */
    default List<ColumnInfo> columns(SqlRunner sql, String table) {
        throw notRead("columns");
    }

    /** {@return what numbers the rows of a table} */
    default List<SequenceInfo> sequences(SqlRunner sql, String table) {
        throw notRead("sequences");
    }

    /** {@return the foreign keys of one column} */
    default List<RelationInfo> relations(SqlRunner sql, String table) {
        throw notRead("relations");
    }

    /** {@return the constraints and indexes of a table, in no order} */
    default List<ConstraintInfo> constraints(SqlRunner sql, String table) {
        throw notRead("constraints");
    }

    /**
     * {@return the indexes, triggers and views that name a table, in the order in which to make them again} The constraints'
     * own indexes are not among them. Empty where a database keeps track of what names a column by itself.
     */
    default List<Attachment> attachments(SqlRunner sql, String table) {
        return List.of();
    }

    /** {@return the name of Django's field for such a column} */
    default String fieldType(ColumnInfo column) {
        throw notRead("field types");
    }

    private static DatabaseException notRead(String what) {
        return ErrorKind.NOT_SUPPORTED.exception("This backend's introspector does not read " + what);
    }
}
