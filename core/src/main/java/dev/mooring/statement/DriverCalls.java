package dev.mooring.statement;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Calls by reflection. Stateless. */
public final class DriverCalls {

    private DriverCalls() {}

    /** {@return what {@code method} of {@code target} returns} Throws what it throws. */
    public static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = requireNonNull(e.getCause());
            Throwables.throwIfInstanceOf(cause, SQLException.class);
            Throwables.throwIfUnchecked(cause);
            throw new SQLException(cause);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
