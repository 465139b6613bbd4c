package dev.mooring.demo;

import dev.mooring.ConnectionCounts;
import java.util.Locale;

/** Says what a run of the live page showed, in sentences made of its own figures. */
final class LiveVerdict {

    private static final int LONGEST_FAILURE = 160;

    private final LiveOptions options;
    private final LiveResult result;
    private final Outcome outcome;
    private final ConnectionCounts counts;

    private LiveVerdict(LiveOptions options, LiveResult result) {
        this.options = options;
        this.result = result;
        outcome = result.outcome();
        counts = result.counts();
    }

    static String of(LiveOptions options, LiveResult result) {
        LiveVerdict verdict = new LiveVerdict(options, result);
        return verdict.whatHappened() + verdict.failures() + verdict.end();
    }

    private String whatHappened() {
        return switch (options.handling()) {
            case NAIVE -> result.leaked() > 0 ? leak() : kept();
            case UNRECLAIMED -> result.leaked() > 0 ? lost() : shared();
            case MOORING -> shared();
        };
    }

    private String leak() {
        return text(
                "The leak: %s opened, %s closed. %,d %s left behind by threads that have ended, and nobody will ever close them.%s",
                count(counts.opened(), "connection"),
                counts.closed() == 0 ? "none" : text("%,d", counts.closed()),
                result.leaked(),
                result.leaked() == 1 ? "was" : "were",
                room());
    }

    private String room() {
        if (result.limit().isEmpty()) {
            return " SQLite has no limit of its own: this goes on until the process runs out of file descriptors.";
        }
        int left = result.limit().getAsInt() - counts.open();
        return left > 0 ? text(" The server has room for %,d more.", left) : " The server has no room for more.";
    }

    private String kept() {
        return text(
                "%s, %s: one each, used or not. Nothing leaks, because the threads live on.",
                count(options.concurrency(), "thread"), count(counts.open(), "connection"));
    }

    private String lost() {
        return text(
                "Without reclaim, nobody takes back what ended threads have: %s. The cap of %,d holds, so the server is safe.",
                count(result.leaked(), "connection"), Style.CAP);
    }

    private String shared() {
        String shared = text(
                "No leak: %s shared %s, never more than %,d at once.",
                count(outcome.ok(), "request"), count(counts.opened(), "connection"), counts.peak());
        return counts.reclaimed() == 0
                ? shared
                : shared + text(" Mooring took back %,d from threads that had ended.", counts.reclaimed());
    }

    private String failures() {
        String first = outcome.firstFailure();
        if (first == null) {
            return " No request failed.";
        }
        String failed = " " + count(outcome.failed(), "request");
        if (result.refusal() != null) {
            return failed + " failed; the server said “" + result.refusal() + "”.";
        }
        return counts.timeouts() >= outcome.failed()
                ? failed + text(" waited %,d seconds for a connection, in vain.", Handling.PATIENCE.toSeconds())
                : failed + " failed, the first with: " + shortened(first);
    }

    private String end() {
        return outcome.stopped() == null
                ? ""
                : text(" The run ended early, because %s; %,d were not sent.", outcome.stopped(), outcome.notSent());
    }

    /** {@return the first line of a failure, not too much of it} */
    static String shortened(String failure) {
        String line = failure.lines().findFirst().orElse("");
        return line.length() <= LONGEST_FAILURE ? line : line.substring(0, LONGEST_FAILURE) + "\u2026";
    }

    private static String count(long number, String what) {
        return text("%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
