package dev.mooring.auth.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Django's {@code UserAttributeSimilarityValidator}. */
final class UserAttributeSimilarity implements PasswordValidator {

    private static final double LEAST = 0.1;
    /** From how many times the length of a value on a password cannot be like it. */
    private static final int MUCH_LONGER = 10;

    private final List<String> fields;
    private final double maxSimilarity;

    UserAttributeSimilarity(List<String> fields, double maxSimilarity) {
        if (!(maxSimilarity >= LEAST)) {
            throw new IllegalArgumentException("maxSimilarity must be at least 0.1, but was " + maxSimilarity);
        }
        this.fields = List.copyOf(fields);
        this.maxSimilarity = maxSimilarity;
    }

    @Override
    public Optional<PasswordProblem> validate(String password, Map<String, String> attributes) {
        String lower = password.toLowerCase(Locale.ROOT);
        return fields.stream()
                .filter(field ->
                        isSimilar(lower, attributes.getOrDefault(field, "").toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(field -> new PasswordProblem(
                        "password_too_similar", "The password is too similar to the " + name(field) + "."));
    }

    private boolean isSimilar(String password, String value) {
        if (value.isEmpty()) {
            return false;
        }
        List<String> parts = new ArrayList<>(Letters.words(value));
        parts.add(value);
        return parts.stream()
                .anyMatch(part -> !isMuchLonger(password, part) && quickRatio(password, part) >= maxSimilarity);
    }

    private boolean isMuchLonger(String password, String part) {
        int length = length(password);
        return length >= MUCH_LONGER * length(part) && length(part) < maxSimilarity / 2 * length;
    }

    /** {@return twice the number of characters in common by that of all: Python's {@code quick_ratio}} */
    private static double quickRatio(String a, String b) {
        Map<Integer, Integer> available = new HashMap<>();
        b.codePoints().forEach(point -> available.merge(point, 1, Integer::sum));
        int[] matches = {0};
        a.codePoints().forEach(point -> {
            if (available.merge(point, -1, Integer::sum) >= 0) {
                matches[0]++;
            }
        });
        int length = length(a) + length(b);
        return length == 0 ? 1 : 2.0 * matches[0] / length;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String name(String field) {
        return field.equals("email") ? "email address" : field.replace('_', ' ');
    }

    @Override
    public String helpText() {
        return "Your password can’t be too similar to your other personal information.";
    }
}
