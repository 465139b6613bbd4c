package dev.mooring.spi;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Constraint;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the statements that create and change tables. Pure: no connection, no state; each list is in the order in
 * which it is to be run, and empty if there is nothing to do. What a backend does not do is refused.
 *
 * <p>Every method gets the table as it is before and as it is to be after, for a database that cannot alter has to
 * build it anew.
 */
public interface SchemaGenerator {

    /** {@return a part that writes none, for a backend with which nobody migrates} */
    static SchemaGenerator none() {
        return new SchemaGenerator() {};
    }

    /** {@return the statements that create a table with its constraints and indexes, but for {@link #addForeignKeys}} */
    default List<String> createTable(Table table) {
        throw notWritten("create a table");
    }

    /**
     * {@return the statements that add the foreign keys of a new table} They are run at the end of the migration, when
     * all its tables are there. Empty where {@link #createTable} can write them.
     */
    default List<String> addForeignKeys(Table table) {
        throw notWritten("add foreign keys");
    }

    /** {@return the statements that drop a table} */
    default List<String> dropTable(Table table) {
        throw notWritten("drop a table");
    }

    /** {@return the statements that give the table {@code before} the name of {@code after}} */
    default List<String> renameTable(Table before, Table after) {
        throw notWritten("rename a table");
    }

    /**
     * {@return the statements that add {@code column}, which the table has after the change and not before} Rows that
     * are there get its default value.
     */
    default List<String> addColumn(TableChange change, String column) {
        throw notWritten("add a column");
    }

    /**
     * {@return the statements that make the column {@code before} into {@code after}: its name, type, default for rows
     * without a value, whether it may be null, is unique, indexed, the primary key, and what it refers to} Other columns of
     * the table that change with it, such as the one that was the primary key so far, are altered as well.
     */
    default List<String> alterColumn(TableChange change, String before, String after) {
        throw notWritten("alter a column");
    }

    /**
     * {@return the statements that alter {@code column}, and with it whatever else differs before and after: other columns of
     * the table, and those of {@code followers}, the tables that refer to it}
     */
    default List<String> alterColumns(TableChange change, String column, List<TableChange> followers) {
        List<String> sql = new ArrayList<>(alterColumn(change, column, column));
        for (TableChange follower : followers) {
            follower.changedColumns().forEach(changed -> sql.addAll(alterColumn(follower, changed, changed)));
        }
        return sql;
    }

    /** {@return the statements that remove {@code column}, which the table has before the change and not after} */
    default List<String> removeColumn(TableChange change, String column) {
        throw notWritten("remove a column");
    }

    /** {@return the statements that create one more index} */
    default List<String> addIndex(Table after, Index index) {
        throw notWritten("add an index");
    }

    /** {@return the statements that drop an index, which the table has before the change and not after} */
    default List<String> removeIndex(TableChange change, Index index) {
        throw notWritten("remove an index");
    }

    /** {@return the statements that give the index {@code before} the name of {@code after}} */
    default List<String> renameIndex(TableChange change, Index before, Index after) {
        List<String> sql = new ArrayList<>(removeIndex(change, before));
        sql.addAll(addIndex(change.after(), after));
        return sql;
    }

    /** {@return the statements that add a constraint, which the table has after the change and not before} */
    default List<String> addConstraint(TableChange change, Constraint constraint) {
        throw notWritten("add a constraint");
    }

    /** {@return the statements that drop a constraint, which the table has before the change and not after} */
    default List<String> removeConstraint(TableChange change, Constraint constraint) {
        throw notWritten("remove a constraint");
    }

    /**
     * {@return the constraints and indexes of a table that was just created, under the names that they get} For changes that
     * are only looked at, of tables that are not there yet. Those that are never looked up by their columns may be missing.
     */
    default List<ConstraintInfo> constraints(Table table) {
        return List.of();
    }

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

    /**
     * {@return the query that asks for the lock which keeps other processes from migrating for as long as this session
     * holds it, and answers whether it was granted} It must not wait. Empty where there is no such lock: then each
     * migration waits for the others by itself.
     */
    default Optional<String> tryLockMigrations() {
        return Optional.empty();
    }

    /** {@return the query that gives up that lock} */
    default Optional<String> unlockMigrations() {
        return Optional.empty();
    }

    /**
     * {@return what brings a session to the state that {@link Connector#initialize} gives it, but keeps the lock of
     * {@link #tryLockMigrations}} Run in autocommit mode after a migration that is not atomic, before it is recorded: what it has
     * set must not decide where that is written, and the lock must not be free until it is. None where there is no such lock.
     */
    default List<String> restoreSession() {
        return List.of();
    }

    private static DatabaseException notWritten(String what) {
        return ErrorKind.NOT_SUPPORTED.exception("This backend's schema generator does not " + what);
    }
}
