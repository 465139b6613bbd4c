package dev.mooring.demo;

import dev.mooring.config.LeaseScope;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the visitor of the live page chose.
 *
 * @param scope how long a lease lasts; always {@code THREAD} with a connection for each thread, as in Django
 * @param requests how many requests are sent
 * @param concurrency how many of them at once, at the most
 */
record LiveOptions(Handling handling, ThreadModel threads, LeaseScope scope, int requests, int concurrency) {

    static final int MOST_REQUESTS = 20_000;
    static final int MOST_AT_ONCE = 64;

    /**
     * Reads the fields of the page's form.
     *
     * @throws ImproperlyConfiguredException which says what is wrong with them
     */
    static LiveOptions read(UnaryOperator<String> form) {
        Handling handling = choice("Connections", form.apply("handling"), Handling.class);
        LiveOptions options = new LiveOptions(
                handling,
                choice("Threads", form.apply("threads"), ThreadModel.class),
                handling == Handling.NAIVE
                        ? LeaseScope.THREAD
                        : choice("Lease scope", form.apply("scope"), LeaseScope.class),
                number("Requests", form.apply("requests"), MOST_REQUESTS),
                number("At once", form.apply("concurrency"), MOST_AT_ONCE));
        if (!options.threads.isSupported()) {
            throw new ImproperlyConfiguredException("Threads: " + options.threads.notSupported());
        }
        return options;
    }

    private static int number(String field, String text, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ImproperlyConfiguredException(
                String.format(Locale.ROOT, "%s: give a whole number from 1 to %,d", field, most));
    }

    private static <E extends Enum<E>> E choice(String field, String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new ImproperlyConfiguredException(field + ": choose one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
