package dev.mooring.statement;

import org.jspecify.annotations.Nullable;

/** Makes an object of the values of a row. */
@FunctionalInterface
public interface RowMapper<R> {

    /** {@return the object for a row} It may keep {@code values}, one for each of {@code columns}, in order. */
    R map(Columns columns, @Nullable Object[] values);
}
