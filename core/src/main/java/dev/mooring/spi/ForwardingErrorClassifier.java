package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;

/**
 * The part of another backend that understands errors, to be changed in single methods: what a subclass does not override is the
 * other part's. A method of the other part that calls a second one calls its own, whatever is overridden here.
 */
public abstract class ForwardingErrorClassifier implements ErrorClassifier {

    private final ErrorClassifier delegate;

    /** For subclasses. What is not overridden is {@code delegate}'s. */
    protected ForwardingErrorClassifier(ErrorClassifier delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** {@return the part that is changed} */
    protected final ErrorClassifier delegate() {
        return delegate;
    }

    @Override
    public ErrorVerdict classify(SQLException error) {
        return delegate.classify(error);
    }

    @Override
    public String wayOut(SQLException error) {
        return delegate.wayOut(error);
    }

    @Override
    public String withoutValues(SQLException error, String shown) {
        return delegate.withoutValues(error, shown);
    }

    @Override
    public boolean refusesTransaction(SQLException error) {
        return delegate.refusesTransaction(error);
    }

    @Override
    public boolean isSoundAfter(RuntimeException error) {
        return delegate.isSoundAfter(error);
    }
}
