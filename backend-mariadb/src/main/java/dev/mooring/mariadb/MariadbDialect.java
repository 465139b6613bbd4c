package dev.mooring.mariadb;

import dev.mooring.spi.Dialect;
import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.SqlSyntax.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** MariaDB's names in backticks, and its strings and comments as the session's {@code sql_mode} has them. */
final class MariadbDialect implements Dialect {

    private final SqlSyntax syntax;

    MariadbDialect(Set<String> sqlModes) {
        List<Rule> rules = new ArrayList<>(List.of(
                Rule.BACKTICK_NAMES,
                Rule.BACKSLASH_ESCAPES,
                Rule.HASH_COMMENTS,
                Rule.SPACE_AFTER_DASHES,
                Rule.EXECUTABLE_COMMENTS,
                Rule.COMPOUND_BODIES));
        if (!sqlModes.contains("ANSI_QUOTES") && !sqlModes.contains("ANSI")) {
            rules.add(Rule.DOUBLE_QUOTED_STRINGS);
        }
        syntax = SqlSyntax.of(rules.toArray(Rule[]::new));
    }

    @Override
    public String quoteName(String name) {
        return quoted(name);
    }

    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    @Override
    public SqlSyntax syntax() {
        return syntax;
    }

    /** It has no statement of several, and the server refuses what follows the first one. */
    @Override
    public boolean runsEmpty() {
        return false;
    }
}
