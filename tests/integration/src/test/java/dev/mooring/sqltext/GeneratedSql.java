package dev.mooring.sqltext;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts of several INSERT statements with everything in them that a reader of SQL can be wrong about. Seeded. */
final class GeneratedSql {

    private static final List<String> INSIDE = List.of(
            ";", "--", "/*", "*/", "%", "?", "$$", "$a$", "\r", "\n", "\r\n", "begin", "end", "E", "reverse", "[", "]",
            "`", "\"", "{", ":a", "x", " ", "ü");
    private static final ImmutableList<String> POSTGRES_GAPS = ImmutableList.of(
            " ",
            "\n",
            "\r",
            "\r\n",
            "\t",
            "-- ;'\n",
            "-- \" $$\r",
            "--\r\n",
            "/* ; ' */",
            "/* a /* ; */ ' */",
            "/**/",
            "\f");
    private static final ImmutableList<String> SQLITE_GAPS = ImmutableList.of(
            " ",
            "\n",
            "\r",
            "\r\n",
            "\t",
            "-- ;'\n",
            "-- \r ; \"\n",
            "--\r\n",
            "/* ; ' */",
            "/* a /* ; */",
            "/**/",
            "\f",
            "\uFEFF ");
    private static final List<String> FRAGMENTS = List.of(
            "'",
            "''",
            "\"",
            "$$",
            "$a$",
            "E'",
            "\\",
            "\\'",
            "--",
            "\r",
            "\n",
            "\r\n",
            "/*",
            "*/",
            ";",
            " SELECT 1 ",
            "SELECT 'a'",
            " ",
            "1",
            "U&'",
            "x",
            "+1",
            "(",
            ")",
            "`",
            "[",
            "]",
            "SELECT ",
            "a",
            "e'",
            "$1",
            "\uFEFF",
            "\u00a0",
            "*",
            "/",
            "-");

    /** Of MariaDB, besides. */
    private static final List<String> MARIADB_FRAGMENTS = List.of("#", "-- ", "N'", "\"\"", "\\\"", "/*M!", "\t--\t");

    private static final ImmutableList<String> MARIADB_GAPS = ImmutableList.of(
            " ",
            "\n",
            "\r",
            "\r\n",
            "\t",
            "-- ;'\n",
            "-- \r ; \"\n",
            "--\n",
            "--\t;\r\n",
            "#;'\n",
            "# \r ; `\n",
            "/* ; ' */",
            "/* a /* ; */",
            "/**/",
            "/*!999999 ; ' */",
            "/*!50700 ; ' */",
            "/*!99999 \" ; */",
            "/*!40101 */",
            "/*M!999999 \" ; */",
            "\f");

    private final Random random;
    private final Kind kind;
    private final boolean continued;

    /** Whose SQL it is: that of an engine. */
    enum Kind {
        POSTGRES(
                POSTGRES_GAPS,
                5,
                ImmutableList.of("\"it's; $$ --\"", "U&\"it's; $$ --\""),
                ImmutableList.of("begin", "\"begin\"")),
        SQLITE(
                SQLITE_GAPS,
                1,
                ImmutableList.of("\"it's; $$ --\"", "[it's; $$ --]", "`it's; $$ --`"),
                ImmutableList.of("begin", "\"begin\"")),
        MARIADB(MARIADB_GAPS, 5, ImmutableList.of("`it's; $$ --`"), ImmutableList.of("begin", "`begin`"));

        private final ImmutableList<String> gaps;
        private final int literals;
        private final ImmutableList<String> columns;
        private final ImmutableList<String> names;

        Kind(ImmutableList<String> gaps, int literals, ImmutableList<String> columns, ImmutableList<String> names) {
            this.gaps = gaps;
            this.literals = literals;
            this.columns = columns;
            this.names = names;
        }

        String column() {
            return columns.get(0);
        }
    }

    /** @param continued whether E'' goes on behind a line break at times, which pgjdbc cannot read itself */
    GeneratedSql(long seed, Kind kind, boolean continued) {
        this.random = new Random(seed);
        this.kind = kind;
        this.continued = continued;
    }

    /** {@return statements, and gaps and empty statements between them} */
    String script() {
        StringBuilder script = new StringBuilder();
        int statements = 1 + random.nextInt(4);
        for (int i = 0; i < statements; i++) {
            script.append(gaps()).append(insert()).append(gaps());
            // The server of MariaDB refuses an empty statement, which a comment is as well.
            boolean last = kind == Kind.MARIADB && i == statements - 1;
            int semicolons = kind == Kind.MARIADB ? 1 : 1 + random.nextInt(2);
            script.append(last ? "" : ";".repeat(semicolons));
        }
        return script.append(kind == Kind.MARIADB ? "" : gaps()).toString();
    }

    /** {@return pieces put together without sense; most of it no database takes} */
    String nonsense() {
        StringBuilder text = new StringBuilder("SELECT 1");
        int parts = 1 + random.nextInt(9);
        for (int i = 0; i < parts; i++) {
            text.append(pick(kind == Kind.MARIADB && random.nextInt(4) == 0 ? MARIADB_FRAGMENTS : FRAGMENTS));
        }
        return text.toString();
    }

    /** {@return a literal, as the database writes it} */
    String literal() {
        String value = value();
        if (kind == Kind.MARIADB) {
            return mariadbLiteral(value.replace("\\", "\\\\"));
        }
        switch (random.nextInt(kind.literals)) {
            case 1 -> {
                return "E'" + value.replace("\\", "\\\\").replace("'", random.nextBoolean() ? "\\'" : "''") + "'";
            }
            case 2 -> {
                if (!continued) {
                    return literal();
                }
                return "e'\\''" + (random.nextBoolean() ? "\n" : " -- '\r\t") + "'"
                        + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
            }
            case 3 -> {
                String tag = random.nextBoolean() ? "$q1$" : "$é$";
                return tag + value + tag;
            }
            case 4 -> {
                return "U&'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
            }
            default -> {
                return "'" + value.replace("'", "''") + "'";
            }
        }
    }

    private String mariadbLiteral(String value) {
        return switch (random.nextInt(kind.literals)) {
            case 0 -> "'" + value.replace("'", "''") + "'";
            case 1 -> "'" + value.replace("'", "\\'") + "'";
            case 2 -> '"' + value.replace("\"", random.nextBoolean() ? "\"\"" : "\\\"") + '"';
            case 3 -> "N'" + value.replace("'", "''") + "'";
            default -> "'; -- '\n'" + value.replace("'", "''") + "'";
        };
    }

    private String insert() {
        List<String> tokens = new ArrayList<>(List.of("INSERT", "INTO", name(), "(", column(), ")", "VALUES", "("));
        tokens.add(literal());
        tokens.addAll(List.of("||", literal(), ")"));
        StringBuilder statement = new StringBuilder();
        for (String token : tokens) {
            statement.append(token).append(gap());
        }
        return statement.toString();
    }

    private String name() {
        return pick(kind.names);
    }

    private String column() {
        return pick(kind.columns);
    }

    private String gap() {
        String gap = pick(kind.gaps);
        return gap.isBlank() ? gap : " " + gap + " ";
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String gaps() {
        return gap().repeat(random.nextInt(3));
    }

    private String value() {
        StringBuilder value = new StringBuilder();
        int parts = random.nextInt(6);
        for (int i = 0; i < parts; i++) {
            value.append(
                    random.nextInt(6) == 0
                            ? "'"
                            : random.nextInt(8) == 0 ? "\\" : INSIDE.get(random.nextInt(INSIDE.size())));
        }
        return value.toString();
    }
}
