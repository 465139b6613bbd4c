package dev.mooring.demo.check;

import dev.mooring.auth.signing.SecretKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Django's settings as {@code manage.py diffsettings --all} prints them: a name, an equals sign, and the value as Python
 * writes it. Immutable; {@link #toString()} shows none of them.
 */
public final class DjangoSettings {

    private static final Pattern LINE = Pattern.compile("(?:### )?([A-Z][A-Z0-9_]*) = (.*?)(?: {2}###)?");
    private static final Pattern TEXT = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Map<String, String> values;

    private DjangoSettings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** {@return what these lines say; those that are no settings are passed over} */
    public static DjangoSettings parse(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                values.put(matcher.group(1), matcher.group(2));
            }
        }
        return new DjangoSettings(values);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** {@return {@code SECRET_KEY} and {@code SECRET_KEY_FALLBACKS}, if there is a key} */
    public Optional<SecretKeys> secretKeys() {
        String[] former = texts("SECRET_KEY_FALLBACKS").toArray(String[]::new);
        return texts("SECRET_KEY").stream()
                .filter(key -> !key.isEmpty())
                .findFirst()
                .map(key -> SecretKeys.of(key, former));
    }

    /** {@return the value as Python writes it} */
    Optional<String> printed(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** {@return the texts in the value: one, or those of a list} */
    List<String> texts(String name) {
        return TEXT.matcher(values.getOrDefault(name, ""))
                .results()
                .map(DjangoSettings::text)
                .toList();
    }

    private static String text(MatchResult quoted) {
        String text = quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
        return text.replaceAll("\\\\(.)", "$1");
    }

    @Override
    public String toString() {
        return "DjangoSettings[" + values.size() + "]";
    }
}
