package dev.mooring;

/**
 * Stands around the statements that are run through this layer, and may look at them, time them, alter them or keep them
 * from running: Django's {@code execute_wrapper}. What other libraries run through {@link Databases#dataSource()} does not
 * come by.
 *
 * <pre>{@code
 * try (ExecuteWrapper.Scope scope = databases.get().executeWrapper(execution -> {
 *     throw new IllegalStateException("no queries while a page is rendered: " + execution.sql());
 * })) {
 *     render(page);
 * }
 * }</pre>
 *
 * <p>Installed on a wrapper it is called on that wrapper's thread; given to {@link DatabasesBuilder#executeWrapper} it
 * must be safe for use by several threads. What begins and ends transactions does not come by: whoever blocked a ROLLBACK
 * would have broken {@code atomic}.
 */
@FunctionalInterface
public interface ExecuteWrapper {

    /**
     * Called in place of a statement, which {@link Execution#proceed()} runs. If that is not called, the statement is not
     * run, and there are no rows. What this throws reaches whoever wanted the statement.
     */
    void around(Execution execution);

    /** For how long an {@link ExecuteWrapper} is installed. For the thread that installed it. */
    interface Scope extends AutoCloseable {

        /** Takes the wrapper out, and no other. Closing twice does no harm. */
        @Override
        void close();
    }
}
