package dev.mooring.wrapper;

/**
 * Decides what an error out of the driver means for the connection and the transaction, and what the caller sees of it.
 *
 * @param <X> the exceptions that callers see of those of the driver
 */
public interface ErrorHandler<X extends Exception> {

    /** {@return the exception to throw for {@code error}, unless this throws it} */
    RuntimeException handle(Throwable error) throws X;
}
