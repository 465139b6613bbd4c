package dev.mooring.auth.http;

import dev.mooring.error.ImproperlyConfiguredException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts by the names of Django's settings, and what they mean. Immutable. */
final class SettingValues {

    private static final String DURATIONS = "use seconds, or a number with its unit such as 30m, 12h or 14d";
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})([smhd]?)");

    private final Map<String, String> values;

    /** @throws ImproperlyConfiguredException if a name is not among {@code known} */
    SettingValues(Map<String, String> values, Set<String> known) {
        this.values = Map.copyOf(values);
        for (String name : new TreeSet<>(values.keySet())) {
            if (!known.contains(name)) {
                throw new ImproperlyConfiguredException(
                        "There is no setting '" + printable(name) + "' for auth; there are " + new TreeSet<>(known));
            }
        }
    }

    /** {@return the text as it is; empty if it is not set, or is Python's {@code None}} */
    String exactly(String name) {
        String text = raw(name);
        return text.strip().equals("None") ? "" : text;
    }

    private String raw(String name) {
        return values.getOrDefault(name, "");
    }

    /** {@return the text, without space around it; empty if it is not set, is empty, or is Python's {@code None}} */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !text.equals("None"));
    }

    /** {@return what {@code reader} makes of the text} What it throws of this kind becomes an error that names the setting. */
    <T> Optional<T> read(String name, Function<String, T> reader) {
        return text(name).map(text -> named(name, text, reader));
    }

    /** As {@link #read}, where {@code None} is a value like any other. */
    <T> Optional<T> readWithNone(String name, Function<String, T> reader) {
        return Optional.of(raw(name).strip()).filter(text -> !text.isEmpty()).map(text -> named(name, text, reader));
    }

    private static <T> T named(String name, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (ImproperlyConfiguredException e) {
            throw wrong(name, text, String.valueOf(e.getMessage()), e);
        }
    }

    boolean yes(String name, boolean otherwise) {
        return text(name)
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "1", "yes", "on" -> true;
                    case "false", "0", "no", "off" -> false;
                    default -> throw wrong(name, text, "use True or False", null);
                })
                .orElse(otherwise);
    }

    Duration duration(String name, Duration otherwise) {
        return text(name)
                .map(text -> {
                    Matcher number = DURATION.matcher(text);
                    if (!number.matches()) {
                        throw wrong(name, text, DURATIONS, null);
                    }
                    return Duration.of(Long.parseLong(number.group(1)), unit(number.group(2)));
                })
                .orElse(otherwise);
    }

    private static ChronoUnit unit(String letter) {
        return switch (letter) {
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            case "d" -> ChronoUnit.DAYS;
            default -> ChronoUnit.SECONDS;
        };
    }

    ZoneId zone(String name, ZoneId otherwise) {
        return text(name)
                .map(text -> {
                    try {
                        return ZoneId.of(text);
                    } catch (DateTimeException e) {
                        throw wrong(name, text, "use a name such as UTC or Europe/Athens", e);
                    }
                })
                .orElse(otherwise);
    }

    /** {@return the parts between commas; none if it is not set} */
    List<String> list(String name) {
        return text(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** {@return the secrets, one a line, as they are, but for empty lines; none if it is not set} */
    List<String> secrets(String name) {
        String text = exactly(name).strip();
        if (text.startsWith("[") && text.endsWith("]")) {
            throw new ImproperlyConfiguredException("Setting '" + name
                    + "' is a list as Python prints it; write one value a line, without brackets and quotes");
        }
        return exactly(name).lines().filter(line -> !line.isBlank()).toList();
    }

    /** Refuses a setting that Django has in ways that cannot be shared. */
    void require(String name, String only, String wayOut) {
        read(name, text -> {
            if (!text.equals(only)) {
                throw new ImproperlyConfiguredException(wayOut);
            }
            return text;
        });
    }

    static ImproperlyConfiguredException wrong(String name, String seen, String wayOut, @Nullable Throwable cause) {
        return new ImproperlyConfiguredException(
                "Setting '%s' was '%s'; %s".formatted(name, printable(seen), wayOut), cause);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** {@return the names alone: some values are secrets} */
    @Override
    public String toString() {
        return new TreeMap<>(values).keySet().toString();
    }
}
