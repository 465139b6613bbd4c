package dev.mooring.benchmarks.rival;

/** A way to read one row of the table {@code item} by its key. Thread-safe. */
public interface Reader extends AutoCloseable {

    /** {@return the name of the item {@code id}} */
    String read(int id) throws Exception;

    @Override
    void close() throws Exception;
}
