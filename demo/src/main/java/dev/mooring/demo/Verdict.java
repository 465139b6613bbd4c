package dev.mooring.demo;

import dev.mooring.ConnectionCounts;

/**
 * What a row of the matrix means, in one sentence made of its own figures.
 *
 * @param asExpected whether the run showed what ticket #30441 says, or what Mooring promises
 */
record Verdict(boolean asExpected, String sentence) {

    static Verdict of(MatrixRow row, int concurrency) {
        ScenarioResult result = row.result();
        if (result == null) {
            return new Verdict(true, "not run: " + row.threads().notSupported() + ".");
        }
        return switch (row.style()) {
            case MOORING -> mooring(result);
            case DJANGO -> row.threads() == ThreadModel.POOL ? kept(result, concurrency) : leaked(result);
        };
    }

    private static Verdict mooring(ScenarioResult result) {
        Outcome outcome = result.outcome();
        ConnectionCounts counts = result.counts();
        boolean kept = outcome.allOk()
                && counts.peak() <= Style.CAP
                && result.serverPeak().orElse(0) <= Style.CAP
                && counts.leased() == 0;
        String sentence = "%d requests shared %d connections, never more than %d at once; %d failed, %d still leased."
                .formatted(outcome.ok(), counts.opened(), counts.peak(), outcome.failed(), counts.leased());
        return verdict(kept, sentence, outcome);
    }

    private static Verdict kept(ScenarioResult result, int concurrency) {
        ConnectionCounts counts = result.counts();
        boolean bounded = counts.opened() <= concurrency && result.outcome().allOk();
        String sentence = "the threads live on, each with a connection of its own: %d for %d threads, used or not."
                .formatted(counts.open(), concurrency);
        return verdict(bounded, sentence, result.outcome());
    }

    private static Verdict leaked(ScenarioResult result) {
        Outcome outcome = result.outcome();
        ConnectionCounts counts = result.counts();
        boolean leaked = counts.closed() == 0 && counts.reused() == 0 && counts.open() >= outcome.ok();
        String sentence = "the leak: %d threads took a connection each and ended; %d opened, %d closed, %d still open."
                .formatted(outcome.ok(), counts.opened(), counts.closed(), counts.open());
        return verdict(leaked, sentence, outcome);
    }

    private static Verdict verdict(boolean asExpected, String sentence, Outcome outcome) {
        StringBuilder text = new StringBuilder(asExpected ? "" : "NOT AS EXPECTED: ").append(sentence);
        if (outcome.firstFailure() != null) {
            text.append(" The first of %d failures: %s.".formatted(outcome.failed(), outcome.firstFailure()));
        }
        if (outcome.stopped() != null) {
            text.append(" Stopped there: %s; %d not sent.".formatted(outcome.stopped(), outcome.notSent()));
        }
        return new Verdict(asExpected, text.toString());
    }
}
