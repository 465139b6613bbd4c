package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The part of another backend that carries values, to be changed in single methods: what a subclass does not override is the
 * other part's. A method of the other part that calls a second one calls its own, whatever is overridden here.
 */
public abstract class ForwardingValueCodec implements ValueCodec {

    private final ValueCodec delegate;

    /** For subclasses. What is not overridden is {@code delegate}'s. */
    protected ForwardingValueCodec(ValueCodec delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** {@return the part that is changed} */
    protected final ValueCodec delegate() {
        return delegate;
    }

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        delegate.bind(statement, index, value);
    }

    @Override
    public boolean readersAreKept() {
        return delegate.readersAreKept();
    }

    @Override
    public ValueReader reader(ResultSetMetaData columns, int column) throws SQLException {
        return delegate.reader(columns, column);
    }

    @Override
    public @Nullable Object convert(Object value, Class<?> wanted) {
        return delegate.convert(value, wanted);
    }

    @Override
    public void checkStorable(int index, Object value) {
        delegate.checkStorable(index, value);
    }

    @Override
    public boolean convertsDateTimes() {
        return delegate.convertsDateTimes();
    }

    @Override
    public boolean isDateTime(Class<?> type) {
        return delegate.isDateTime(type);
    }

    @Override
    public Object dateTimeToDriver(int index, Object value, @Nullable ZoneId zone) {
        return delegate.dateTimeToDriver(index, value, zone);
    }

    @Override
    public @Nullable Object dateTimeFromDriver(Object stored, Class<?> type, @Nullable ZoneId zone)
            throws SQLException {
        return delegate.dateTimeFromDriver(stored, type, zone);
    }
}
