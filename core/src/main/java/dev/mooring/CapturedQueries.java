package dev.mooring;

import dev.mooring.wrapper.QueryCapture;
import java.util.List;

/**
 * The queries of one wrapper from {@link DatabaseWrapper#captureQueries()} until it is closed: Django's
 * {@code CaptureQueriesContext}. One begun in a unit of work ends with it at the latest, with a warning; outside one nothing
 * else ends it, and what it has grows. Confined to the wrapper's thread.
 */
public final class CapturedQueries implements AutoCloseable {

    private final QueryCapture capture;

    CapturedQueries(QueryCapture capture) {
        this.capture = capture;
    }

    /** {@return what was captured so far, in order} */
    public List<ExecutedQuery> queries() {
        return capture.queries().stream().map(ExecutedQuery::new).toList();
    }

    /** Ends it; what was captured stays. Closing twice does no harm. */
    @Override
    public void close() {
        capture.close();
    }
}
