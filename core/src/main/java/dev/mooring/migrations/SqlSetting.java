package dev.mooring.migrations;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a line of a comment looks like a setting of a migration's file, {@code -- atomic: false}.
 *
 * @param likeness how much
 * @param key its name, in lower case and with hyphens; empty if it has none
 * @param value what follows the colon
 */
record SqlSetting(Likeness likeness, String key, String value) {

    enum Likeness {
        EXACT,
        /** Spelt or marked in another way. */
        NEARLY,
        /** {@code -- atomic false} */
        WITHOUT_COLON,
        /** A word in lower case that is not known, and a colon. */
        UNKNOWN,
        NONE
    }

    static final List<String> KNOWN = List.of("depends", "run-before", "replaces", "atomic", "initial");

    /** Words, then a colon, an equals sign or an arrow, but no address of the web. */
    private static final Pattern SETTING =
            Pattern.compile("(\\p{L}+(?:[-_ ]\\p{L}+)*)(\\P{L}{0,3}?(?:[:=]+>?|->))(?!//)(.*)");

    private static final Pattern WITHOUT_COLON =
            Pattern.compile("(?i)(depends|run-before|replaces)\\s+\\w+\\.\\w+.*|(?i)(atomic|initial)\\s+(true|false)");
    private static final Pattern NEARLY_KNOWN = Pattern.compile(
            "depend(s-on|ing|ency|encies|ent|s)?|run-?before|replace[sd]?|(non-?)?atomic(ity)?|initial(ly)?");
    /** What other tools, and people from memory, write for {@code atomic: false}. */
    private static final Pattern NO_TRANSACTION =
            Pattern.compile("(?i)(?:goose )?(?:no|not|non|without)[-_ ]?(?:an? )?(?:atomic|transaction)\\W*");

    private static final Pattern FLAG = Pattern.compile("(?i)true|false|yes|no|on|off");
    private static final String NAME = "\\w+\\.(?:\\d{3,}\\w*|__first__|__latest__)";
    private static final Pattern NAMES = Pattern.compile(NAME + "(?:\\s*,\\s*" + NAME + ")*");

    private static final SqlSetting NONE = new SqlSetting(Likeness.NONE, "", "");

    /** {@return what a line of a comment is, with what begins the comment} */
    static SqlSetting of(String line) {
        String text = line.replaceFirst("^\\P{L}+", "");
        Matcher setting = SETTING.matcher(text);
        if (WITHOUT_COLON.matcher(text).matches()) {
            return new SqlSetting(Likeness.WITHOUT_COLON, "", text);
        } else if (NO_TRANSACTION.matcher(text).matches()) {
            return new SqlSetting(Likeness.NEARLY, "atomic", "false");
        } else if (!setting.matches()) {
            return NONE;
        }
        String name = setting.group(1);
        String key = name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
        String value = setting.group(3).strip();
        boolean plain =
                line.matches("--[ \t]*\\p{L}.*") && setting.group(2).strip().equals(":");
        if (plain && KNOWN.contains(key) && !name.contains(" ")) {
            return new SqlSetting(Likeness.EXACT, key, value);
        } else if (plain && name.equals(key)) {
            return new SqlSetting(Likeness.UNKNOWN, key, value);
        }
        return isNearly(key, value) ? new SqlSetting(Likeness.NEARLY, key, value) : NONE;
    }

    /** {@return whether it is a setting, or nearly one, and has the value of a setting} A sentence with a colon has not. */
    boolean isMeant() {
        return likeness == Likeness.WITHOUT_COLON
                || ((likeness == Likeness.EXACT || likeness == Likeness.NEARLY) && (isFlag(value) || isNames(value)));
    }

    private static boolean isNearly(String key, String value) {
        boolean close = KNOWN.stream().anyMatch(known -> Spelling.isClose(key, known));
        boolean transaction = key.contains("transaction") || key.contains("atomic");
        return NEARLY_KNOWN.matcher(key).matches() || isNames(value) || ((close || transaction) && isFlag(value));
    }

    private static boolean isFlag(String value) {
        return FLAG.matcher(undecorated(value)).matches();
    }

    private static boolean isNames(String value) {
        return NAMES.matcher(undecorated(value)).matches();
    }

    private static String undecorated(String value) {
        return value.replaceFirst("^\\W+", "").replaceFirst("\\W+$", "");
    }
}
