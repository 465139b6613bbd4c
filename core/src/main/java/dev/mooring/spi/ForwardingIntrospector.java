package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import dev.mooring.schema.Attachment;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.RelationInfo;
import dev.mooring.schema.SequenceInfo;
import dev.mooring.schema.TableInfo;
import java.util.List;

/**
 * The part of another backend that reads the catalogue, to be changed in single methods: what a subclass does not override is the
 * other part's. A method of the other part that calls a second one calls its own, whatever is overridden here.
 */
public abstract class ForwardingIntrospector implements Introspector {

    private final Introspector delegate;

    /** For subclasses. What is not overridden is {@code delegate}'s. */
    protected ForwardingIntrospector(Introspector delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** {@return the part that is changed} */
    protected final Introspector delegate() {
        return delegate;
    }

    @Override
    public List<String> tableNames(SqlRunner sql, boolean includeViews) {
        return delegate.tableNames(sql, includeViews);
    }

    @Override
    public List<TableInfo> tables(SqlRunner sql) {
        return delegate.tables(sql);
    }

    @Override
    public List<ColumnInfo> columns(SqlRunner sql, String table) {
        return delegate.columns(sql, table);
    }

    @Override
    public List<SequenceInfo> sequences(SqlRunner sql, String table) {
        return delegate.sequences(sql, table);
    }

    @Override
    public List<RelationInfo> relations(SqlRunner sql, String table) {
        return delegate.relations(sql, table);
    }

    @Override
    public List<ConstraintInfo> constraints(SqlRunner sql, String table) {
        return delegate.constraints(sql, table);
    }

    @Override
    public List<Attachment> attachments(SqlRunner sql, String table) {
        return delegate.attachments(sql, table);
    }

    @Override
    public String fieldType(ColumnInfo column) {
        return delegate.fieldType(column);
    }
}
