package dev.mooring.demo;

import dev.mooring.migrations.Migration;
import dev.mooring.migrations.MigrationListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints a line for each migration: what is done, then how it went, and the time if it took long. */
final class MigrationProgress implements MigrationListener {

    private static final Duration LONG = Duration.ofSeconds(1);

    private final PrintWriter out;

    MigrationProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void waiting() {
        out.println("  Waiting for another process that migrates this database, or writes to it...");
        out.flush();
    }

    @Override
    public void applying(Migration migration) {
        begin("Applying", migration);
    }

    @Override
    public void applied(Migration migration, Duration elapsed) {
        end("OK", elapsed);
    }

    @Override
    public void unapplying(Migration migration) {
        begin("Unapplying", migration);
    }

    @Override
    public void unapplied(Migration migration, Duration elapsed) {
        end("OK", elapsed);
    }

    @Override
    public void faked(Migration migration) {
        end("FAKED", Duration.ZERO);
    }

    private void begin(String what, Migration migration) {
        out.print("  " + what + " " + migration + "...");
        out.flush();
    }

    private void end(String how, Duration elapsed) {
        boolean took = elapsed.compareTo(LONG) >= 0;
        String seconds = String.format(Locale.ROOT, " (%.3f s)", elapsed.toMillis() / 1000.0);
        out.println(" " + how + (took ? seconds : ""));
    }
}
