package dev.mooring.benchmarks.load;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;

/**
 * What the setting {@code resetSessionAfterUse} costs: the time of {@code SELECT 1} with it and without, in turns. Its arguments
 * are URLs of databases. The figures in {@code docs/settings.md} are from here.
 */
public final class SessionResetCost {

    private static final int ROUNDS = 5;
    private static final int OPERATIONS = 500;

    private SessionResetCost() {}

    public static void main(String[] urls) {
        for (String url : urls) {
            DatabaseSettings settings = DatabaseSettings.fromUrl(url);
            try (Databases without = Databases.of(settings);
                    Databases with = Databases.of(
                            settings.toBuilder().resetSessionAfterUse(true).build())) {
                micros(without);
                micros(with);
                for (int round = 0; round < ROUNDS; round++) {
                    double plain = micros(without);
                    double reset = micros(with);
                    System.out.printf(
                            "%s: %.1f us without, %.1f us with resets: %.0f times%n",
                            settings.engine(), plain, reset, reset / plain);
                }
            }
        }
    }

    private static double micros(Databases databases) {
        long start = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++) {
            databases.query("SELECT 1");
        }
        return (System.nanoTime() - start) / 1_000.0 / OPERATIONS;
    }
}
