package dev.mooring.benchmarks.load;

/** The names of what loads measure. */
public final class Figures {

    /** Operations a second, all threads together. */
    public static final String RATE = "rate";

    /** The same in a JVM that has just started. */
    public static final String COLD_RATE = "cold-rate";

    /** The most often served thread's count over that of the least often served, which counts as one at least. */
    public static final String MOST_TO_LEAST = "most-to-least";

    /** How often the least served thread was served. */
    public static final String LEAST = "least";

    /** The median wait or transaction, in milliseconds. */
    public static final String P50 = "p50-ms";

    /** The 99th percentile, in milliseconds. */
    public static final String P99 = "p99-ms";

    /** The 99.9th percentile, in milliseconds. */
    public static final String P999 = "p99.9-ms";

    /** The longest, in milliseconds. */
    public static final String MAX = "max-ms";

    /** The wait of a thread if all took turns, in milliseconds, with the holds as long as they were in this run. */
    public static final String IDEAL = "ideal-ms";

    /** The 99th percentile over the ideal. */
    public static final String P99_TO_IDEAL = "p99-to-ideal";

    /**
     * What the 99th percentile over the ideal would be with the holds of this run, as they were under this pool, but in a pool
     * that hands over in order of arrival and in no time. Sleeps take longer now and then, and a machine that stands still
     * holds all of them up at once.
     */
    public static final String HOLDS_P99_TO_IDEAL = "holds-p99-to-ideal";

    /** The longest over the ideal. */
    public static final String MAX_TO_IDEAL = "max-to-ideal";

    /** Operations that failed. */
    public static final String FAILED = "failed";

    /** How many of those were SQLITE_BUSY. */
    public static final String BUSY = "busy";

    /** SQLite's write-ahead log at the end, in megabytes: after a checkpoint that nobody disturbs it begins anew. */
    public static final String LOG_SIZE = "log-mb";

    /** Descriptors open at the worst moment, less those at the start. */
    public static final String DESCRIPTORS = "descriptors-grown";

    /** Sessions that the server had at the worst moment. */
    public static final String SESSIONS = "sessions";

    /** Connections open at the end by the pool's count. */
    public static final String OPEN = "open";

    /** Leases not given back at the end. */
    public static final String LEASED = "leased";

    /** Heap of a thread that waits for a connection, in bytes, the thread itself included. */
    public static final String HEAP_WAITING = "heap-waiting-bytes";

    /** Heap of a thread that is parked and nothing else, in bytes. */
    public static final String HEAP_PARKED = "heap-parked-bytes";

    /** Heap still in use after all threads have gone, in bytes for each of them. */
    public static final String HEAP_LEFT = "heap-left-bytes";

    /** How long the whole took, in seconds. */
    public static final String SECONDS = "seconds";

    /** Round trips for one statement. */
    public static final String ROUND_TRIPS = "round-trips";

    private Figures() {}
}
