package dev.mooring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The queries of one wrapper from {@link DatabaseWrapper#captureQueries()} until it is closed: Django's
 * {@code CaptureQueriesContext}. One begun in a unit of work ends with it at the latest, with a warning; outside one nothing
 * else ends it, and what it has grows. Confined to the wrapper's thread.
 */
public final class CapturedQueries implements AutoCloseable {

    private final List<ExecutedQuery> queries = new ArrayList<>();
    private final Consumer<CapturedQueries> whenClosed;
    private final boolean endsWithUnit;

    CapturedQueries(boolean endsWithUnit, Consumer<CapturedQueries> whenClosed) {
        this.endsWithUnit = endsWithUnit;
        this.whenClosed = whenClosed;
    }

    void add(ExecutedQuery query) {
        queries.add(query);
    }

    boolean endsWithUnit() {
        return endsWithUnit;
    }

    /** {@return what was captured so far, in order} */
    public List<ExecutedQuery> queries() {
        return List.copyOf(queries);
    }

    /** Ends it; what was captured stays. Closing twice does no harm. */
    @Override
    public void close() {
        whenClosed.accept(this);
    }
}
