package dev.mooring.migrations;

import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.SqlSyntax.Rule;
import dev.mooring.spi.SqlTokens;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The settings at the top of a migration's file, which are comments: {@code -- depends: shop.0001_initial, auth.__latest__}.
 * Other comments, such as a licence, may stand there too. One that looks like a setting is an error: a word in lower case and a
 * colon, or one of the known settings, misspelt or written in another way.
 */
final class SqlHeader {

    /** Comments end at a carriage return, too: which database will read the file is not known yet. */
    private static final SqlSyntax SYNTAX = SqlSyntax.of(Rule.CARRIAGE_RETURN_ENDS_COMMENT);

    private final SqlSource source;
    private Migration migration;
    /** The lines of the settings that are true or false. */
    private final Map<String, Integer> flags = new HashMap<>();

    private int line;

    private SqlHeader(SqlSource source, Migration migration) {
        this.source = source;
        this.migration = migration;
    }

    /** {@return the migration with the settings at the top of {@code source}} */
    static Migration read(SqlSource source, Migration migration) {
        SqlHeader header = new SqlHeader(source, migration);
        SqlTokens tokens = SYNTAX.tokens(source.text());
        while (tokens.next() && !tokens.isCode()) {
            if (tokens.kind() == SqlTokens.Kind.COMMENT) {
                header.comment(source.line(tokens.start()), tokens.token());
            }
        }
        return header.migration;
    }

    /**
     * Makes sure that no line that is meant as a setting stands where none is read.
     *
     * @param file whether settings are read at the top: not in a text that was written in Java
     * @throws BadMigrationException if there is one, naming the line
     */
    static void requireAtTop(SqlSource source, SqlSyntax syntax, boolean file) {
        SqlTokens tokens = syntax.tokens(source.text());
        boolean top = file;
        while (tokens.next()) {
            top &= !tokens.isCode();
            boolean setting = !top
                    && tokens.kind() == SqlTokens.Kind.COMMENT
                    && source.isAlone(tokens.start(), tokens.end())
                    && SqlSetting.of(tokens.token()).isMeant();
            if (setting) {
                throw source.wrong(
                        tokens.start(),
                        file
                                ? "settings are read above the first statement only; move this line to the top of the"
                                        + " file, or word the comment differently"
                                : "settings are read in files only; in Java call nonAtomic(), after(...) and the like"
                                        + " of the migration, or word the comment differently");
            }
        }
    }

    private void comment(int first, String comment) {
        line = first;
        boolean ofOneLine = comment.startsWith("--");
        for (String each : comment.lines().toList()) {
            setting(SqlSetting.of(ofOneLine ? each.strip() : "* " + each));
            line++;
        }
    }

    private void setting(SqlSetting setting) {
        switch (setting.likeness()) {
            case EXACT -> migration = set(setting.key(), setting.value());
            case NEARLY ->
                throw wrong("this is nearly a setting; write it as '-- name: value', the name one of "
                        + String.join(", ", SqlSetting.KNOWN) + ", or word the comment differently");
            case WITHOUT_COLON ->
                throw wrong("write a colon behind the name of the setting: '-- "
                        + setting.value().replaceFirst("\\s", ": ") + "'");
            case UNKNOWN -> throw unknown(setting.key());
            case NONE -> {}
        }
    }

    private BadMigrationException unknown(String key) {
        return wrong("there is no setting '" + key + "', only " + String.join(", ", SqlSetting.KNOWN));
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
        Integer before = flags.putIfAbsent(key, line);
        if (before != null) {
            throw wrong("there is '" + key + "' on line " + before + " already; leave one");
        }
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
