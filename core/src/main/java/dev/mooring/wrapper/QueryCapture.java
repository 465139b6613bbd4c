package dev.mooring.wrapper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The queries of one wrapper from a moment on, until it is closed. Confined to the wrapper's thread. */
public final class QueryCapture {

    private final List<QueryRecord> queries = new ArrayList<>();
    private final Consumer<QueryCapture> whenClosed;
    private final boolean endsWithUnit;

    QueryCapture(boolean endsWithUnit, Consumer<QueryCapture> whenClosed) {
        this.endsWithUnit = endsWithUnit;
        this.whenClosed = whenClosed;
    }

    void add(QueryRecord query) {
        queries.add(query);
    }

    boolean endsWithUnit() {
        return endsWithUnit;
    }

    /** {@return what was captured so far, in order} */
    public List<QueryRecord> queries() {
        return queries;
    }

    /** Ends it; what was captured stays. Closing twice does no harm. */
    public void close() {
        whenClosed.accept(this);
    }
}
