package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import dev.mooring.schema.Constraint;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import java.util.List;
import java.util.Optional;

/**
 * The part of another backend that writes schema statements, to be changed in single methods: what a subclass does not override is the
 * other part's. A method of the other part that calls a second one calls its own, whatever is overridden here.
 */
public abstract class ForwardingSchemaGenerator implements SchemaGenerator {

    private final SchemaGenerator delegate;

    /** For subclasses. What is not overridden is {@code delegate}'s. */
    protected ForwardingSchemaGenerator(SchemaGenerator delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** {@return the part that is changed} */
    protected final SchemaGenerator delegate() {
        return delegate;
    }

    @Override
    public List<String> createTable(Table table) {
        return delegate.createTable(table);
    }

    @Override
    public List<String> addForeignKeys(Table table) {
        return delegate.addForeignKeys(table);
    }

    @Override
    public List<String> dropTable(Table table) {
        return delegate.dropTable(table);
    }

    @Override
    public List<String> renameTable(Table before, Table after) {
        return delegate.renameTable(before, after);
    }

    @Override
    public List<String> addColumn(TableChange change, String column) {
        return delegate.addColumn(change, column);
    }

    @Override
    public List<String> alterColumn(TableChange change, String before, String after) {
        return delegate.alterColumn(change, before, after);
    }

    @Override
    public List<String> alterColumns(TableChange change, String column, List<TableChange> followers) {
        return delegate.alterColumns(change, column, followers);
    }

    @Override
    public List<String> removeColumn(TableChange change, String column) {
        return delegate.removeColumn(change, column);
    }

    @Override
    public List<String> addIndex(Table after, Index index) {
        return delegate.addIndex(after, index);
    }

    @Override
    public List<String> removeIndex(TableChange change, Index index) {
        return delegate.removeIndex(change, index);
    }

    @Override
    public List<String> renameIndex(TableChange change, Index before, Index after) {
        return delegate.renameIndex(change, before, after);
    }

    @Override
    public List<String> addConstraint(TableChange change, Constraint constraint) {
        return delegate.addConstraint(change, constraint);
    }

    @Override
    public List<String> removeConstraint(TableChange change, Constraint constraint) {
        return delegate.removeConstraint(change, constraint);
    }

    @Override
    public List<ConstraintInfo> constraints(Table table) {
        return delegate.constraints(table);
    }

    @Override
    public List<String> beforeSchemaChange() {
        return delegate.beforeSchemaChange();
    }

    @Override
    public List<String> afterSchemaChange() {
        return delegate.afterSchemaChange();
    }

    @Override
    public List<String> violations() {
        return delegate.violations();
    }

    @Override
    public List<String> lockForMigrations() {
        return delegate.lockForMigrations();
    }

    @Override
    public Optional<String> tryLockMigrations() {
        return delegate.tryLockMigrations();
    }

    @Override
    public Optional<String> unlockMigrations() {
        return delegate.unlockMigrations();
    }

    @Override
    public List<String> restoreSession() {
        return delegate.restoreSession();
    }
}
