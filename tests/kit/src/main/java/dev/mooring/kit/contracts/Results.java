package dev.mooring.kit.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What became of the rules of one test class. Thread-safe. */
final class Results {

    /** The result of one rule, which may have several tests; the best one first. */
    enum Result {
        PASSED,
        GAP,
        FAILED
    }

    private final String backend;
    private final Class<?> test;
    private final Map<String, String> gaps;
    private final Map<String, Result> results = new ConcurrentHashMap<>();

    Results(BackendUnderTest backend, Class<?> test) {
        this.backend = backend.name();
        this.test = test;
        this.gaps = backend.gaps();
    }

    void passed(Rule rule) {
        results.putIfAbsent(rule.number(), Result.PASSED);
    }

    /** {@return whether that was expected} */
    boolean failed(Rule rule) {
        boolean expected = gaps.containsKey(rule.number());
        results.put(rule.number(), expected ? Result.GAP : Result.FAILED);
        return expected;
    }

    /** Adds the results to {@code report}, and fails if a gap is none. */
    void end(ComplianceReport report) {
        report.add(backend, results, gaps);
        List<String> wrong = new ArrayList<>();
        gaps.forEach((number, reason) -> {
            if (results.get(number) == Result.PASSED) {
                wrong.add("Rule %s is declared to be a gap of %s (%s), but it passes in %s; take it off gaps()"
                        .formatted(number, backend, reason, test.getSimpleName()));
            } else if (Rule.all().stream().noneMatch(rule -> rule.number().equals(number))) {
                wrong.add("%s declares a gap for %s, which is no rule".formatted(backend, number));
            }
        });
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", wrong));
        }
    }
}
