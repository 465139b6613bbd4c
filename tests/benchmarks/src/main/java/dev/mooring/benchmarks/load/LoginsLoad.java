package dev.mooring.benchmarks.load;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.benchmarks.auth.Accounts;
import dev.mooring.benchmarks.rival.Items;
import dev.mooring.benchmarks.rival.Place;
import dev.mooring.benchmarks.rival.Rivals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long a query takes while a crowd logs in over the same connections, with hashes at full strength. The rival
 * {@value #HASHES_ALONE} is a crowd as busy with hashes that uses no connection.
 */
public final class LoginsLoad implements Load {

    /** The crowd that only hashes. */
    public static final String HASHES_ALONE = "hashes-alone";

    private static final PasswordHashers HASHERS = PasswordHashers.of(DjangoHashers.pbkdf2Sha256(1_000_000));
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final int USERS = 10;

    private final String database;
    private final int crowd;
    private final int connections;

    LoginsLoad(String database, int crowd, int connections) {
        this.database = database;
        this.crowd = crowd;
        this.connections = connections;
    }

    @Override
    public Map<String, Double> run(String rival, Duration time) throws Exception {
        try (Place place = Place.open(database);
                Databases databases = place.target().databases(connections)) {
            Items.create(place.target());
            Accounts.create(place.target(), HASHERS, USERS);
            AtomicInteger failed = new AtomicInteger();
            Runnable task = rival.equals(Rivals.MOORING) ? logins(databases) : hashes();
            for (int i = 0; i < crowd; i++) {
                start(task, failed);
            }
            query(databases, WARM_UP);
            Times times = Times.sorted(List.of(query(databases, time)));
            return Map.of(
                    Figures.P50, times.percentileMillis(0.5),
                    Figures.P99, times.percentileMillis(0.99),
                    Figures.RATE, times.size() / (time.toNanos() / 1e9),
                    Figures.FAILED, failed.doubleValue());
        }
    }

    private static Runnable logins(Databases databases) {
        Authenticator authenticator = Authenticator.of(Accounts.users(databases, HASHERS));
        return () -> require(authenticator
                .authenticate(null, Accounts.anyName(USERS), Accounts.PASSWORD)
                .isPresent());
    }

    private static Runnable hashes() {
        String encoded = HASHERS.encode(Accounts.PASSWORD);
        return () -> require(HASHERS.check(Accounts.PASSWORD, encoded).isCorrect());
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalStateException("The right password was refused");
        }
    }

    /** They go on until the JVM ends: most of them wait for their turn to hash, which cannot be interrupted. */
    private static void start(Runnable task, AtomicInteger failed) {
        Thread thread = new Thread(() -> {
            while (true) {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    failed.incrementAndGet();
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static Times query(Databases databases, Duration time) {
        Times times = new Times();
        long begin = System.nanoTime();
        long now = begin;
        while (now - begin < time.toNanos()) {
            databases.query("SELECT name FROM item WHERE id = %s", Items.anyKey());
            long end = System.nanoTime();
            times.add(end - now);
            now = end;
        }
        return times;
    }
}
