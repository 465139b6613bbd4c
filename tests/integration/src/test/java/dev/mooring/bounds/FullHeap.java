package dev.mooring.bounds;

import dev.mooring.Cursor;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The main class of a JVM with hardly any memory. Threads use the databases that the URLs name, while the heap is filled to the
 * last byte and emptied again, a number of times. Afterwards, with these threads alive, says what is the matter, line by line.
 */
final class FullHeap {

    static final String ALL_IS_WELL = "all is well";

    /** Begins the line for each worker that could not work once memory was free. */
    static final String WORKER_FAILS = "a worker fails with ";

    private static final int ROUNDS = 12;
    private static final int THREADS = 4;
    private static final int CONNECTIONS = 2;
    private static final String UPDATE = "UPDATE heap_item SET n = n + 1";
    private static final int[] SIZES = {1 << 20, 1 << 14, 1 << 10, 1 << 7, 16};

    /** What fills the heap: arrays, each of which leads to the one before. */
    private static volatile Object[] ballast;

    private static volatile boolean pressing = true;

    private FullHeap() {}

    public static void main(String[] urls) throws Exception {
        List<Databases> all = new ArrayList<>();
        for (String url : urls) {
            DatabaseSettings settings = DatabaseSettings.fromUrl(url).toBuilder()
                    .maxConnections(CONNECTIONS)
                    .acquireTimeout(Duration.ofSeconds(5))
                    .build();
            Databases databases = Databases.of(settings);
            databases.execute("DROP TABLE IF EXISTS heap_item");
            databases.execute("CREATE TABLE heap_item (id integer PRIMARY KEY, n integer)");
            databases.execute("INSERT INTO heap_item VALUES (1, 0)");
            use(databases);
            all.add(databases);
        }
        CountDownLatch freed = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(THREADS);
        AtomicReferenceArray<Throwable> failures = new AtomicReferenceArray<>(THREADS);
        for (int i = 0; i < THREADS; i++) {
            start(new Worker(all, i, freed, done, failures));
        }
        for (int round = 0; round < ROUNDS; round++) {
            fill();
        }
        pressing = false;
        freed.countDown();
        done.await();
        say(all, failures);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "worker");
        thread.setDaemon(true);
        thread.start();
    }

    /** Has the heap full, for as long as the filling with ever smaller arrays takes. */
    private static void fill() {
        for (int size : SIZES) {
            try {
                while (true) {
                    Object[] next = new Object[size / 4];
                    next[0] = ballast;
                    ballast = next;
                }
            } catch (OutOfMemoryError full) {
                // That is what was wanted.
            }
        }
        ballast = null;
    }

    private static void use(Databases databases) throws Exception {
        databases.query("SELECT id FROM heap_item WHERE id = %s", 1);
        databases.execute(UPDATE);
        databases.atomic(() -> {
            databases.execute(UPDATE);
            databases.atomic(() -> databases.query("SELECT id FROM heap_item"));
        });
        try (Connection connection = databases.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            statement.executeUpdate();
        }
        try (Cursor cursor = databases.get().cursor()) {
            cursor.execute("SELECT id FROM heap_item").fetchOne();
        }
        try (UnitOfWork unit = databases.unitOfWork();
                Lease held = databases.get().hold()) {
            databases.query("SELECT id FROM heap_item");
        }
    }

    private static void say(List<Databases> all, AtomicReferenceArray<Throwable> failures) throws Exception {
        boolean well = true;
        for (int i = 0; i < failures.length(); i++) {
            well &= isNothing(WORKER_FAILS, failures.get(i));
        }
        for (Databases databases : all) {
            int leased = databases.using("default").counts().leased();
            well &= isNothing("leases of live threads: ", leased == 0 ? null : leased);
            int held = holdAll(databases);
            well &= isNothing("connections that can be held at once: ", held == CONNECTIONS ? null : held);
        }
        long housekeepers = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mooring-housekeeper"))
                .count();
        well &= isNothing("housekeepers: ", housekeepers == all.size() ? null : housekeepers);
        System.out.println(well ? ALL_IS_WELL : "that is not well");
    }

    /** Has as many threads as there may be connections hold one. {@return how many got one while the others had theirs} */
    private static int holdAll(Databases databases) throws Exception {
        CountDownLatch tried = new CountDownLatch(CONNECTIONS);
        CountDownLatch done = new CountDownLatch(CONNECTIONS);
        AtomicInteger held = new AtomicInteger();
        for (int i = 0; i < CONNECTIONS; i++) {
            start(() -> {
                try (Lease lease = databases.get().hold()) {
                    held.incrementAndGet();
                    tried.countDown();
                    tried.await();
                } catch (Exception e) {
                    e.printStackTrace(System.out);
                    tried.countDown();
                }
                done.countDown();
            });
        }
        done.await();
        return held.get();
    }

    private static boolean isNothing(String what, Object found) {
        if (found instanceof Throwable failure) {
            failure.printStackTrace(System.out);
        }
        if (found != null) {
            System.out.println(what + found);
        }
        return found == null;
    }

    private record Worker(
            List<Databases> all,
            int number,
            CountDownLatch freed,
            CountDownLatch done,
            AtomicReferenceArray<Throwable> failures)
            implements Runnable {

        @Override
        public void run() {
            while (pressing) {
                try {
                    all.forEach(this::press);
                } catch (Throwable anything) {
                    // While the heap is full, anything may fail.
                }
            }
            try {
                freed.await();
                for (Databases databases : all) {
                    use(databases);
                }
            } catch (Throwable e) {
                failures.set(number, e);
            }
            done.countDown();
            stayAlive();
        }

        private void press(Databases databases) {
            try {
                use(databases);
            } catch (Throwable anything) {
                // The other database is to be used too.
            }
        }

        private static void stayAlive() {
            boolean waiting = true;
            while (waiting) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    waiting = false;
                }
            }
        }
    }
}
