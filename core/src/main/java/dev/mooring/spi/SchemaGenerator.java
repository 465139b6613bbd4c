package dev.mooring.spi;

import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import java.util.List;

/**
 * Writes the statements that create and change tables. Pure: no connection, no state; each list is in the order in
 * which it is to be run, and empty if there is nothing to do.
 *
 * <p>Every method gets the table as it is before and as it is to be after, for a database that cannot alter has to
 * build it anew.
 */
public interface SchemaGenerator {

    /** {@return the statements that create a table with its constraints and indexes, but for {@link #addForeignKeys}} */
    List<String> createTable(Table table);

    /**
     * {@return the statements that add the foreign keys of a new table} They are run at the end of the migration, when
     * all its tables are there. Empty where {@link #createTable} can write them.
     */
    List<String> addForeignKeys(Table table);

    /** {@return the statements that drop a table} */
    List<String> dropTable(Table table);

    /** {@return the statements that add {@code column}, which {@code after} has and {@code before} has not} */
    List<String> addColumn(Table before, Table after, String column);

    /**
     * {@return the statements that change the type of {@code column}, or whether it may be null}
     *
     * @throws dev.mooring.error.NotSupportedException if something else is to change that cannot be
     */
    List<String> alterColumn(Table before, Table after, String column);

    /** {@return the statements that remove {@code column}, which {@code before} has and {@code after} has not} */
    List<String> removeColumn(Table before, Table after, String column);

    /** {@return the statements that create one more index} */
    List<String> addIndex(Table after, Index index);

    /** {@return what to run on the connection before the transaction of a migration begins} */
    default List<String> beforeSchemaChange() {
        return List.of();
    }

    /** {@return what to run on the same connection after that transaction, however it ended} */
    default List<String> afterSchemaChange() {
        return List.of();
    }

    /** {@return queries to run before that transaction is committed; any row they find is a violation and forbids it} */
    default List<String> violations() {
        return List.of();
    }

    /**
     * {@return the queries that make a second process wait, run first in a transaction and effective until its end}
     * Empty where beginning to write already does that.
     */
    default List<String> lockForMigrations() {
        return List.of();
    }
}
