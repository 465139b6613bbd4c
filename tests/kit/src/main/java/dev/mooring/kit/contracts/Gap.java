package dev.mooring.kit.contracts;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * A rule that a backend is known not to keep. Its test is run, and has to fail in the way that is told here: any other failure is
 * one, as of a connection that could not be opened.
 *
 * @param rule the number of the rule, such as {@code TRA-05}
 * @param reason why the backend does not keep it, for the report
 * @param failure a part of the class or the message of the error with which the test fails, or of one of its causes; where the rule
 *     has a test for each of several values, it can tell which one
 */
public record Gap(String rule, String reason, String failure) {

    /** What a rule fails with that expects an error where there is none. */
    public static final String NO_ERROR = "Expecting code to raise a throwable";

    /** Causes may go in a circle. */
    private static final int MOST_CAUSES = 20;

    /** Refuses a gap that explains every failure. */
    public Gap {
        if (reason.isBlank() || failure.isBlank()) {
            throw new IllegalArgumentException(
                    "The gap for " + rule + " needs a reason, and a part of what the rule fails with");
        }
    }

    /** {@return whether a test of the rule that fails with {@code error} fails as it is said here} */
    boolean explains(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .anyMatch(each -> each.toString().contains(failure));
    }
}
