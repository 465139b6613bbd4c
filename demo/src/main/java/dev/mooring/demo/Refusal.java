package dev.mooring.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a PostgreSQL server said when it refused a connection. */
final class Refusal {

    private static final Pattern FATAL = Pattern.compile("FATAL: [^;(\\n]*");

    private Refusal() {}

    /** {@return the server's own words in the messages of a failure; empty if it has none of them} */
    static Optional<String> in(String failure) {
        Matcher matcher = FATAL.matcher(failure);
        return matcher.find() ? Optional.of(matcher.group().strip()) : Optional.empty();
    }
}
