package dev.mooring.benchmarks.rival;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;

/** Opens pools by the names that reports use, filled to the brim: no benchmark here measures the opening. */
public final class Rivals {

    /** Mooring as an application uses it: this thread's wrapper, {@code ensureConnection()} and {@code hold()}. */
    public static final String MOORING = "mooring";

    /** Mooring's pool alone, which stands where the peers' {@code getConnection()} and {@code close()} do. */
    public static final String MOORING_POOL = "mooring-pool";

    /** HikariCP with its defaults. */
    public static final String HIKARI = "hikari";

    /** Agroal with its defaults: no health check, no maximum age, no report of leaks. */
    public static final String AGROAL = "agroal";

    /** Agroal with those of HikariCP's features that it leaves off. */
    public static final String AGROAL_FULL = "agroal-full";

    /** Vibur, whose selling point is fairness. */
    public static final String VIBUR = "vibur";

    /** The least that any slot costs that other threads may take: no pool, but the mark to measure one against. */
    public static final String FLOOR = "floor";

    private Rivals() {}

    /** {@return the pool called {@code name} with {@code size} connections to {@code target}, all of them open} */
    public static Rival open(String name, Target target, int size) throws Exception {
        Rival rival = make(name, target, size);
        try {
            fill(rival, size);
            return rival;
        } catch (Exception | Error e) {
            rival.close();
            throw e;
        }
    }

    private static Rival make(String name, Target target, int size) throws SQLException {
        return switch (name) {
            case MOORING -> new MooringRival(target, size);
            case MOORING_POOL -> new MooringPoolRival(target, size);
            case HIKARI -> new HikariRival(target, size);
            case AGROAL -> new AgroalRival(target, size, false);
            case AGROAL_FULL -> new AgroalRival(target, size, true);
            case VIBUR -> new ViburRival(target, size);
            case FLOOR -> new FloorRival(size);
            default -> throw new IllegalArgumentException("No pool is called '" + name + "'");
        };
    }

    /** Holds all connections at once, each on a thread of its own. */
    private static void fill(Rival rival, int size) throws Exception {
        CyclicBarrier allLeased = new CyclicBarrier(size);
        Callable<Void> holder = () -> {
            rival.hold(connection -> allLeased.await());
            return null;
        };
        Threads.runAll(Thread::new, size, holder);
    }
}
