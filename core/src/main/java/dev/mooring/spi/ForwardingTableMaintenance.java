package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The part of another backend that empties tables, numbers their rows and checks them, to be changed in single methods: what a subclass does not override is the
 * other part's. A method of the other part that calls a second one calls its own, whatever is overridden here.
 */
public abstract class ForwardingTableMaintenance implements TableMaintenance {

    private final TableMaintenance delegate;

    /** For subclasses. What is not overridden is {@code delegate}'s. */
    protected ForwardingTableMaintenance(TableMaintenance delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** {@return the part that is changed} */
    protected final TableMaintenance delegate() {
        return delegate;
    }

    @Override
    public List<String> sqlFlush(SqlRunner sql, List<String> tables, boolean resetSequences) {
        return delegate.sqlFlush(sql, tables, resetSequences);
    }

    @Override
    public List<String> sequenceResetSql(SqlRunner sql, String table) {
        return delegate.sequenceResetSql(sql, table);
    }

    @Override
    public boolean disableConstraintChecking(SqlRunner sql) {
        return delegate.disableConstraintChecking(sql);
    }

    @Override
    public void enableConstraintChecking(SqlRunner sql) {
        delegate.enableConstraintChecking(sql);
    }

    @Override
    public List<String> checkConstraints(SqlRunner sql, List<String> tables) {
        return delegate.checkConstraints(sql, tables);
    }
}
