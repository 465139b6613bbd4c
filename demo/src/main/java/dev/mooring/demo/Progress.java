package dev.mooring.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says once a second how far a run has come. For one thread. */
final class Progress implements RunObserver {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PrintWriter out;
    private final String run;
    private long last = System.nanoTime();

    Progress(PrintWriter out, String run) {
        this.out = out;
        this.run = run;
    }

    void started(int requests) {
        print("%s: %,d requests ...", run, requests);
    }

    @Override
    public void sent(int sent, Tally tally) {
        long now = System.nanoTime();
        if (now - last >= PAUSE_NANOS) {
            last = now;
            print("%s: %,d sent, %,d failed", run, sent, tally.failed());
        }
    }

    void finished(Outcome outcome) {
        double seconds = outcome.duration().toMillis() / 1000.0;
        print("%s: %,d ok, %,d failed in %.1f s", run, outcome.ok(), outcome.failed(), seconds);
    }

    private void print(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
