package dev.mooring.migrations;

import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.SqlSyntax.Rule;
import dev.mooring.spi.SqlTokens;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments at the top of a migration's file: {@code -- depends: shop.0001_initial, auth.__latest__}. Any other comment
 * may stand there too, a licence say, that does not look like a setting: a word in lower case and a colon, or in any case
 * what is nearly one of ours.
 */
final class SqlHeader {

    /** Words, perhaps with a hyphen between, then a colon or an equals sign, but no address of the web. */
    private static final Pattern SETTING = Pattern.compile("([A-Za-z]+(?:[-_ ][A-Za-z]+)?)\\s*([:=])(?!//)(.*)");

    private static final Pattern WITHOUT_COLON =
            Pattern.compile("(?i)(depends|run-before|replaces)\\s+\\w+\\.\\w+.*|(?i)(atomic|initial)\\s+(true|false)");
    private static final List<String> KNOWN = List.of("depends", "run-before", "replaces", "atomic", "initial");

    /** What ends with a line ends here at every kind of line end: which database reads it is not known yet. */
    private static final SqlSyntax SYNTAX = SqlSyntax.of(Rule.CARRIAGE_RETURN_ENDS_COMMENT);

    private final SqlText source;
    private Migration migration;
    private int line;

    private SqlHeader(SqlText source, Migration migration) {
        this.source = source;
        this.migration = migration;
    }

    /** {@return the migration with the settings at the top of {@code source}} */
    static Migration read(SqlText source, Migration migration) {
        SqlHeader header = new SqlHeader(source, migration);
        SqlTokens tokens = SYNTAX.tokens(source.text());
        boolean top = true;
        while (tokens.next()) {
            top &= !tokens.isCode();
            if (tokens.kind() == SqlTokens.Kind.COMMENT) {
                header.line = source.line(tokens.start());
                header.comment(tokens.token(), top);
            }
        }
        return header.migration;
    }

    private void comment(String comment, boolean top) {
        boolean ofOneLine = comment.startsWith("--");
        String body = ofOneLine ? comment : comment.substring(0, Math.max(2, comment.length() - 2));
        for (String each : body.lines().toList()) {
            String text = each.strip().replaceFirst("^(?:--|/\\*+|\\*)\\s*", "").strip();
            if (top) {
                setting(text, ofOneLine);
            }
            line++;
        }
    }

    private void setting(String text, boolean ofOneLine) {
        Matcher setting = SETTING.matcher(text);
        if (WITHOUT_COLON.matcher(text).matches()) {
            throw wrong("write a colon behind the name of the setting: '-- " + text.replaceFirst("\\s", ": ") + "'");
        }
        if (!setting.matches()) {
            return;
        }
        String key = setting.group(1).toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
        boolean plain = setting.group(2).equals(":") && !setting.group(1).contains(" ");
        if (KNOWN.contains(key) && plain && ofOneLine) {
            migration = set(key, setting.group(3).strip());
        } else if (plain && ofOneLine && setting.group(1).equals(key)) {
            throw unknown(key);
        } else if (isNearlyKnown(key)) {
            throw wrong("this is nearly a setting; write it as '-- name: value', the name one of "
                    + String.join(", ", KNOWN));
        }
    }

    private static boolean isNearlyKnown(String key) {
        return KNOWN.contains(key)
                || key.matches(
                        "depend(s-on|ing|ency|encies|ent|s)?|run-?before|replace[sd]?|(non-?)?atomic(ity)?|initial(ly)?");
    }

    private BadMigrationException unknown(String key) {
        return wrong("there is no setting '" + key + "', only " + String.join(", ", KNOWN));
    }

    private Migration set(String key, String value) {
        return switch (key) {
            case "depends" -> each(value, Migration::after);
            case "run-before" -> each(value, Migration::before);
            case "replaces" -> each(value, Migration::replacing);
            case "atomic" -> flag(key, value) ? migration : migration.nonAtomic();
            case "initial" -> flag(key, value) ? migration.asInitial() : migration;
            default -> throw unknown(key);
        };
    }

    private Migration each(String value, Link link) {
        Migration linked = migration;
        for (String part : value.split(",", -1)) {
            String[] names = part.strip().split("\\.", -1);
            if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
                throw wrong("'" + part.strip() + "' is no migration; write app.name, and commas between several");
            }
            linked = link.to(linked, names[0], names[1]);
        }
        return linked;
    }

    private boolean flag(String key, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(key + " is true or false, not '" + value + "'");
        };
    }

    private BadMigrationException wrong(String what) {
        return new BadMigrationException(source.place(line) + ": " + what);
    }

    private interface Link {
        Migration to(Migration from, String app, String name);
    }
}
