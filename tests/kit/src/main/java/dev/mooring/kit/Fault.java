package dev.mooring.kit;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What befalls one call of the driver, in its place or around it. {@link Faults} says which call.
 *
 * <pre>{@code
 * faults.atCall(7, Fault.sqlState("40001"));
 * faults.atCallOf("Connection.commit", 1, Fault.loseConnection().afterTheCall());
 * faults.always(call -> call.says("SELECT 1"), Fault.raise(StackOverflowError::new));
 * }</pre>
 */
@FunctionalInterface
public interface Fault {

    /** {@return what the caller gets} Or throws it. */
    @Nullable
    Object strike(Invocation invocation) throws Throwable;

    /** {@return the fault that throws a plain {@link SQLException} with this SQLSTATE; the connection stays} */
    static Fault sqlState(String sqlState) {
        requireNonNull(sqlState, "sqlState");
        return raise(() -> new SQLException("Injected: SQLSTATE " + sqlState, sqlState));
    }

    /** {@return the fault that throws a new exception or {@link Error} each time} */
    static Fault raise(Supplier<? extends Throwable> failure) {
        requireNonNull(failure, "failure");
        return invocation -> {
            throw failure.get();
        };
    }

    /** {@return the fault that closes the real connection underneath and throws SQLSTATE 08006} */
    static Fault loseConnection() {
        return invocation -> {
            invocation.loseConnection();
            throw Invocation.lost("the connection is lost");
        };
    }

    /** {@return the fault that gives {@code answer} and calls nobody: {@code false} from {@code Connector.isUsable}} */
    static Fault answer(@Nullable Object answer) {
        return invocation -> answer;
    }

    /** {@return the same fault, after the real call was made: the work is done, and its answer is lost, good or bad} */
    default Fault afterTheCall() {
        return invocation -> {
            FaultyConnection.quietly(invocation::proceed);
            return strike(invocation);
        };
    }
}
