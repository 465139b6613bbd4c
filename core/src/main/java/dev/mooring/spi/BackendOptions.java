package dev.mooring.spi;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of one database while its backend reads them: each name must be known and each value allowed. For one
 * thread.
 */
public final class BackendOptions {

    private final DatabaseSettings settings;

    private BackendOptions(DatabaseSettings settings) {
        this.settings = settings;
    }

    /**
     * {@return the options of {@code settings}}
     *
     * @throws ImproperlyConfiguredException if one is not {@code known}; the message names the nearest that is
     */
    public static BackendOptions of(DatabaseSettings settings, Set<String> known) {
        return of(settings, known, Map.of());
    }

    /**
     * {@return the options of {@code settings}}
     *
     * @param refused options that the driver has and that nobody is to use, each with what to do instead
     * @throws ImproperlyConfiguredException if one is {@code refused} or not {@code known}
     */
    public static BackendOptions of(DatabaseSettings settings, Set<String> known, Map<String, String> refused) {
        BackendOptions options = new BackendOptions(settings);
        for (String name : options.names()) {
            String instead = refused.get(name);
            if (instead != null) {
                throw options.error(name, "is refused", instead);
            }
            if (!known.contains(name)) {
                throw options.error(name, "is not known", suggestion(name, known) + list(known));
            }
        }
        return options;
    }

    /** {@return the names that were given} */
    public Set<String> names() {
        return settings.options().keySet();
    }

    /** {@return the value as it was written} */
    public Optional<String> text(String name) {
        String value = settings.options().get(name);
        if (value != null && value.indexOf('\0') >= 0) {
            throw error(name, "holds a NUL character", "remove it");
        }
        return Optional.ofNullable(value);
    }

    /** {@return what the value stands for in {@code values}, whose keys are in lower case} */
    public <T> Optional<T> oneOf(String name, Map<String, T> values) {
        return text(name).map(value -> {
            T meaning = values.get(value.toLowerCase(Locale.ROOT));
            if (meaning == null) {
                throw wrong(name, "use " + list(values.keySet()));
            }
            return meaning;
        });
    }

    /** {@return the value as a whole number from {@code least} to {@code most}} */
    public Optional<Integer> number(String name, int least, int most) {
        return text(name).map(value -> {
            String wayOut = "use a whole number from %d to %d".formatted(least, most);
            try {
                int number = Integer.parseInt(value);
                if (number < least || number > most) {
                    throw wrong(name, wayOut);
                }
                return number;
            } catch (NumberFormatException e) {
                throw wrong(name, wayOut);
            }
        });
    }

    /** {@return the error that the value of an option, which it shows, is wrong} */
    public ImproperlyConfiguredException wrong(String name, String wayOut) {
        return error(name, "was '" + printable(settings.options().getOrDefault(name, "")) + "'", wayOut);
    }

    private ImproperlyConfiguredException error(String name, String seen, String wayOut) {
        return new ImproperlyConfiguredException(
                "Option '%s' of database '%s' %s; %s".formatted(printable(name), settings.alias(), seen, wayOut));
    }

    private static String list(Collection<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    /** {@return what may have been meant, and what there is} */
    private static String suggestion(String name, Set<String> known) {
        String setting = nearest(name, DatabaseSettings.names());
        if (distance(name, setting) <= 2) {
            return "did you mean the setting '%s', which is no option? Known options are ".formatted(setting);
        }
        String option = nearest(name, known);
        return distance(name, option) <= Math.max(2, name.length() / 2)
                ? "did you mean '%s'? Known are ".formatted(option)
                : "known are ";
    }

    private static String nearest(String name, Set<String> names) {
        return names.stream()
                .min(Comparator.<String>comparingInt(other -> distance(name, other))
                        .thenComparing(other -> editDistance(name, other))
                        .thenComparing(other -> other))
                .orElse("");
    }

    private static int distance(String one, String other) {
        return editDistance(one.replace("_", ""), other.replace("_", ""));
    }

    /** {@return how many letters have to be put in, left out or changed, ignoring case} */
    private static int editDistance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                boolean same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                int change = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
