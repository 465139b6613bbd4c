package dev.mooring.benchmarks.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The loads by name, and the main class of the JVM in which one of them runs. */
public final class Loads {

    /** 256 virtual threads on 8 connections, each held for 1 ms. */
    public static final String FAIRNESS_VIRTUAL = "fairness-virtual";

    /** 32 platform threads on 8 connections, each held for 1 ms. */
    public static final String FAIRNESS_PLATFORM = "fairness-platform";

    /** 2,000 threads one after another on SQLite. */
    public static final String SUCCESSION_SQLITE = "threads-sqlite";

    /** 2,000 threads one after another on PostgreSQL. */
    public static final String SUCCESSION_POSTGRES = "threads-postgres";

    /** 100,000 virtual threads at once on 10 connections. */
    public static final String CROWD = "crowd";

    /** Round trips to PostgreSQL for a SELECT. */
    public static final String ROUND_TRIPS = "round-trips";

    /** 8 writers, 1 ms in each transaction, {@code synchronous=NORMAL}. */
    public static final String WRITERS = "writers";

    /** 8 writers, nothing but an INSERT in each transaction, {@code synchronous=NORMAL}. */
    public static final String WRITERS_EMPTY = "writers-empty";

    /** The same without checkpoints. */
    public static final String WRITERS_EMPTY_UNCHECKED = "writers-empty-no-checkpoints";

    /** 8 writers, 1 ms in each transaction, {@code synchronous=FULL}. */
    public static final String WRITERS_FULL = "writers-full";

    /** 16 virtual threads with 20 transactions each. */
    public static final String WRITERS_VIRTUAL = "writers-virtual";

    /** 200 threads that log in over 10 connections to SQLite, beside a query. */
    public static final String LOGINS_SQLITE = "logins-sqlite";

    /** 200 threads that log in over 10 connections to PostgreSQL, beside a query. */
    public static final String LOGINS_POSTGRES = "logins-postgres";

    /** What a line of the answer starts with. */
    public static final String ANSWER = "figure ";

    private static final Map<String, Supplier<Load>> BY_NAME = new LinkedHashMap<>();

    static {
        Duration hold = Duration.ofMillis(1);
        BY_NAME.put(FAIRNESS_VIRTUAL, () -> new FairnessLoad(true, 256, 8, hold));
        BY_NAME.put(FAIRNESS_PLATFORM, () -> new FairnessLoad(false, 32, 8, hold));
        BY_NAME.put(SUCCESSION_SQLITE, () -> new SuccessionLoad("sqlite", 2_000));
        BY_NAME.put(SUCCESSION_POSTGRES, () -> new SuccessionLoad("postgres", 2_000));
        BY_NAME.put(CROWD, () -> new CrowdLoad(100_000, 10));
        BY_NAME.put(ROUND_TRIPS, () -> new RoundTripsLoad(1_000));
        BY_NAME.put(WRITERS, () -> new WritersLoad("NORMAL", "", 8, hold));
        BY_NAME.put(WRITERS_EMPTY, () -> new WritersLoad("NORMAL", "", 8, Duration.ZERO));
        String noCheckpoints = "PRAGMA wal_autocheckpoint = 0";
        BY_NAME.put(WRITERS_EMPTY_UNCHECKED, () -> new WritersLoad("NORMAL", noCheckpoints, 8, Duration.ZERO));
        BY_NAME.put(WRITERS_FULL, () -> new WritersLoad("FULL", "", 8, hold));
        BY_NAME.put(WRITERS_VIRTUAL, () -> new VirtualWritersLoad(16, 20, hold));
        BY_NAME.put(LOGINS_SQLITE, () -> new LoginsLoad("sqlite", 200, 10));
        BY_NAME.put(LOGINS_POSTGRES, () -> new LoginsLoad("postgres", 200, 10));
    }

    private Loads() {}

    /** Runs the load {@code args[0]} for the rival {@code args[1]} and {@code args[2]} milliseconds; prints the figures. */
    public static void main(String[] args) throws Exception {
        Supplier<Load> load = BY_NAME.get(args[0]);
        if (load == null) {
            throw new IllegalArgumentException(
                    "No load is called '%s'; there are %s".formatted(args[0], BY_NAME.keySet()));
        }
        Duration time = Duration.ofMillis(Long.parseLong(args[2]));
        Map<String, Double> figures = load.get().run(args[1], time);
        StringBuilder answer = new StringBuilder();
        figures.forEach((name, value) ->
                answer.append(ANSWER).append(name).append('=').append(value).append('\n'));
        System.out.print(answer);
        System.out.flush();
        // A load may leave threads behind that no longer matter.
        Runtime.getRuntime().halt(0);
    }
}
