package dev.mooring.kit.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What became of the rules of one test class. Thread-safe. */
final class Results {

    /** The result of one rule, which may have several tests; the best one first. */
    enum Result {
        PASSED,
        GAP,
        FAILED
    }

    /**
     * The result of a rule, for the report.
     *
     * @param reason why it is a gap, or which of its tests failed; may be empty
     */
    record Entry(Result result, String reason) {

        /** {@return the worse one; of two failures both} */
        Entry and(Entry other) {
            if (result != other.result) {
                return result.compareTo(other.result) > 0 ? this : other;
            }
            return reason.contains(other.reason) ? this : new Entry(result, reason + ", " + other.reason);
        }
    }

    private final String backend;
    private final Class<?> test;
    private final List<Gap> gaps;
    private final Set<Gap> confirmed = ConcurrentHashMap.newKeySet();
    private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();

    Results(BackendUnderTest backend, Class<?> test) {
        this.backend = backend.name();
        this.test = test;
        this.gaps = backend.gaps();
    }

    void passed(Rule rule) {
        add(rule, new Entry(Result.PASSED, ""));
    }

    /** @param name of the test that failed, which the report shows where the rule has several */
    void failed(Rule rule, String name) {
        add(rule, new Entry(Result.FAILED, name.endsWith(rule.sentence()) ? "" : name));
    }

    private void add(Rule rule, Entry entry) {
        entries.merge(rule.number(), entry, Entry::and);
    }

    /** {@return whether {@code rule} is known not to be kept, and to fail with {@code error}} */
    boolean isGap(Rule rule, Throwable error) {
        Optional<Gap> gap = gaps.stream()
                .filter(each -> each.rule().equals(rule.number()) && each.explains(error))
                .findFirst();
        gap.ifPresent(known -> {
            confirmed.add(known);
            add(rule, new Entry(Result.GAP, known.reason()));
        });
        return gap.isPresent();
    }

    /** {@return {@code error}, or what says that it is not the one of the declared gap} */
    Throwable unexpected(Rule rule, Throwable error) {
        return gaps.stream()
                .filter(each -> each.rule().equals(rule.number()))
                .<Throwable>map(gap -> new AssertionError(
                        "Rule %s is declared to be a gap of %s that fails with '%s' (%s), but it failed with: %s"
                                .formatted(rule.number(), backend, gap.failure(), gap.reason(), error),
                        error))
                .findFirst()
                .orElse(error);
    }

    /** Adds the results to {@code report}, and fails if a gap is none. */
    void end(ComplianceReport report) {
        report.add(backend, entries);
        List<String> wrong = new ArrayList<>();
        for (Gap gap : gaps) {
            Entry entry = entries.get(gap.rule());
            if (Rule.all().stream().noneMatch(rule -> rule.number().equals(gap.rule()))) {
                wrong.add("%s declares a gap for %s, which is no rule".formatted(backend, gap.rule()));
            } else if (entry != null && entry.result() != Result.FAILED && !confirmed.contains(gap)) {
                wrong.add(
                        "Rule %s is declared to be a gap of %s (%s), but in %s it does not fail with '%s'; take it off gaps()"
                                .formatted(gap.rule(), backend, gap.reason(), test.getSimpleName(), gap.failure()));
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", wrong));
        }
    }
}
