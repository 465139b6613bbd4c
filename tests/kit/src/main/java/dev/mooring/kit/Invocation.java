package dev.mooring.kit;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A call of the driver that a {@link Fault} befalls. For the thread that makes the call. */
public final class Invocation {

    private final JdbcCall call;
    private final FaultyConnection connection;
    private final Real real;
    private boolean made;

    Invocation(JdbcCall call, FaultyConnection connection, Real real) {
        this.call = requireNonNull(call, "call");
        this.connection = connection;
        this.real = real;
    }

    /** {@return what is called} */
    public JdbcCall call() {
        return call;
    }

    /** {@return what the real driver answers} Throws what it throws. */
    public @Nullable Object proceed() throws Throwable {
        made = true;
        return real.call();
    }

    /** Closes the real connection underneath, as a network does; whoever holds it is not told. */
    public void loseConnection() {
        connection.lose();
    }

    /** Runs {@code action} once the caller's side closes or aborts the connection; at once if it has. */
    public void whenEnded(Runnable action) {
        connection.whenEnded(action);
    }

    boolean isMade() {
        return made;
    }

    /** What the call does without a fault. */
    interface Real {
        @Nullable
        Object call() throws Throwable;
    }

    /** {@return what {@code method} of {@code real} answers} Throws what it throws. */
    static @Nullable Object call(Object real, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    static SQLException lost(String reason) {
        return new SQLException("Injected: " + reason, "08006");
    }
}
