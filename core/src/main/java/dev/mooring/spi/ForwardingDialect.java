package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The part of another backend that spells, to be changed in single methods: what a subclass does not override is the
 * other part's. A method of the other part that calls a second one calls its own, whatever is overridden here.
 */
public abstract class ForwardingDialect implements Dialect {

    private final Dialect delegate;

    /** For subclasses. What is not overridden is {@code delegate}'s. */
    protected ForwardingDialect(Dialect delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** {@return the part that is changed} */
    protected final Dialect delegate() {
        return delegate;
    }

    @Override
    public String quoteName(String name) {
        return delegate.quoteName(name);
    }

    @Override
    public SqlSyntax syntax() {
        return delegate.syntax();
    }

    @Override
    public String questionMark() {
        return delegate.questionMark();
    }

    @Override
    public @Nullable Collection<?> inListParameter(Collection<?> elements) {
        return delegate.inListParameter(elements);
    }

    @Override
    public String inList(boolean negated, int size) {
        return delegate.inList(negated, size);
    }

    @Override
    public int maxParameters() {
        return delegate.maxParameters();
    }

    @Override
    public boolean runsWhole(String sql) {
        return delegate.runsWhole(sql);
    }

    @Override
    public boolean isEmpty(String sql) {
        return delegate.isEmpty(sql);
    }

    @Override
    public boolean runsEmpty() {
        return delegate.runsEmpty();
    }
}
