package dev.mooring.kit.contracts;

import dev.mooring.kit.Fault;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How a call of the driver fails.
 *
 * @param benign whether the backend knows that the connection is none the worse for it
 * @param sample what the driver throws, as far as that is a matter of the backend
 */
record FailureKind(
        String name, boolean benign, Fault fault, @Nullable SQLException sample) {

    static FailureKind lost() {
        return new FailureKind("lost", false, Fault.loseConnection(), connectionLost());
    }

    static FailureKind answerLost() {
        return new FailureKind("answer lost", false, Fault.loseConnection().afterTheCall(), connectionLost());
    }

    private static SQLException connectionLost() {
        return new SQLException("the connection is lost", "08006");
    }

    static FailureKind of(SampleError error, BackendUnderTest backend) {
        return new FailureKind(
                error.name(),
                error != SampleError.SESSION_ENDED,
                Fault.raise(() -> backend.error(error)),
                backend.error(error));
    }

    static FailureKind unchecked() {
        return new FailureKind("unchecked", false, Fault.raise(InjectedException::new), null);
    }

    static FailureKind error() {
        return new FailureKind("error", false, Fault.raise(InjectedError::new), null);
    }

    /** {@return whether {@code outcome} is what the driver threw, which may come out as it is} */
    boolean isThrown(Throwable outcome) {
        return (outcome instanceof InjectedException && name.equals("unchecked"))
                || (outcome instanceof InjectedError && name.equals("error"));
    }

    /** What a driver with a bug throws. */
    private static final class InjectedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What a driver throws deep in a stack. */
    private static final class InjectedError extends StackOverflowError {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public String toString() {
        return name;
    }
}
