package dev.mooring.sqltext;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts of several INSERT statements with everything in them that a reader of SQL can be wrong about. Seeded. */
final class GeneratedSql {

    private static final List<String> INSIDE = List.of(
            ";", "--", "/*", "*/", "%", "?", "$$", "$a$", "\r", "\n", "\r\n", "begin", "end", "E", "reverse", "[", "]",
            "`", "\"", "{", ":a", "x", " ", "ü");
    private static final List<String> POSTGRES_GAPS = List.of(
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
    private static final List<String> SQLITE_GAPS = List.of(
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

    private final Random random;
    private final boolean postgres;
    private final boolean continued;

    /** @param continued whether E'' goes on behind a line break at times, which pgjdbc cannot read itself */
    GeneratedSql(long seed, boolean postgres, boolean continued) {
        this.random = new Random(seed);
        this.postgres = postgres;
        this.continued = continued;
    }

    /** {@return statements, and gaps and empty statements between them} */
    String script() {
        StringBuilder script = new StringBuilder();
        int statements = 1 + random.nextInt(4);
        for (int i = 0; i < statements; i++) {
            script.append(gaps()).append(insert()).append(gaps()).append(";".repeat(1 + random.nextInt(2)));
        }
        return script.append(gaps()).toString();
    }

    /** {@return pieces put together without sense; most of it no database takes} */
    String nonsense() {
        StringBuilder text = new StringBuilder("SELECT 1");
        int parts = 1 + random.nextInt(9);
        for (int i = 0; i < parts; i++) {
            text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        }
        return text.toString();
    }

    /** {@return a literal, as the database writes it} */
    String literal() {
        String value = value();
        switch (random.nextInt(postgres ? 5 : 1)) {
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
        return random.nextBoolean() ? "begin" : "\"begin\"";
    }

    private String column() {
        List<String> names = postgres
                ? List.of("\"it's; $$ --\"", "U&\"it's; $$ --\"")
                : List.of("\"it's; $$ --\"", "[it's; $$ --]", "`it's; $$ --`");
        return names.get(random.nextInt(names.size()));
    }

    private String gap() {
        List<String> gaps = postgres ? POSTGRES_GAPS : SQLITE_GAPS;
        String gap = gaps.get(random.nextInt(gaps.size()));
        return gap.isBlank() ? gap : " " + gap + " ";
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
