package dev.mooring.migrations;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments at the top of a migration's file: {@code -- depends: shop.0001_initial, auth.__latest__}. Any other
 * comment may stand there too that does not look like a setting: a word in lower case and a colon.
 */
final class SqlHeader {

    private static final Pattern SETTING = Pattern.compile("--\\s*([a-z][a-z-]*)\\s*:(.*)");
    private static final String KNOWN = "depends, run-before, replaces, atomic, initial";

    private final String source;
    private Migration migration;
    private int line;

    private SqlHeader(String source, Migration migration) {
        this.source = source;
        this.migration = migration;
    }

    /** {@return the migration with the settings at the top of {@code text}} */
    static Migration read(String source, String text, Migration migration) {
        SqlHeader header = new SqlHeader(source, migration);
        header.read(text.lines().toList());
        return header.migration;
    }

    private void read(List<String> lines) {
        for (String each : lines) {
            line++;
            String text = each.strip();
            if (!text.isEmpty() && !text.startsWith("--")) {
                return;
            }
            Matcher setting = SETTING.matcher(text);
            if (setting.matches()) {
                migration = set(setting.group(1), setting.group(2).strip());
            }
        }
    }

    private Migration set(String key, String value) {
        return switch (key) {
            case "depends" -> each(value, Migration::after);
            case "run-before" -> each(value, Migration::before);
            case "replaces" -> each(value, Migration::replacing);
            case "atomic" -> flag(key, value) ? migration : migration.nonAtomic();
            case "initial" -> flag(key, value) ? migration.asInitial() : migration;
            default -> throw wrong("there is no setting '" + key + "', only " + KNOWN);
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
        return new BadMigrationException(source + ":" + line + ": " + what);
    }

    private interface Link {
        Migration to(Migration from, String app, String name);
    }
}
