package dev.mooring.benchmarks.compare;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line. */
final class Arguments {

    static final String USAGE = """
            Usage: compare [OPTION...] [CASE...]
            Measures Mooring and its peers in turn, and says whether the goals are met. Without a CASE: all.
              --list       show the cases and stop
              --quick      two short rounds: all cases in under 8 minutes
              --smoke      one very short round, to see that everything runs; the figures mean nothing
              --rounds N   how often ours and the peers take turns
              --json FILE  write every figure there, with the machine, the JDK and the commit
              --page PAGE FILE...  measure nothing: write the figures of these files into that page
            Exit code: 1 if a goal is clearly not met, 2 for a wrong argument.""";

    private final List<String> names = new ArrayList<>();
    private boolean list;
    private boolean help;
    private Pace pace = Pace.FULL;
    private int rounds;
    private @Nullable Path json;
    private @Nullable Path page;

    /** Reads {@code args}. @throws IllegalArgumentException if they cannot be understood */
    static Arguments of(String... args) {
        Arguments read = new Arguments();
        Deque<String> left = new ArrayDeque<>(List.of(args));
        while (!left.isEmpty()) {
            read.take(left.pop(), left);
        }
        return read;
    }

    private void take(String argument, Deque<String> left) {
        switch (argument) {
            case "--list" -> list = true;
            case "--help", "-h" -> help = true;
            case "--quick" -> pace = Pace.QUICK;
            case "--smoke" -> pace = Pace.SMOKE;
            case "--rounds" -> rounds = positive(value(argument, left));
            case "--json" -> json = Path.of(value(argument, left));
            case "--page" -> page = Path.of(value(argument, left));
            default -> name(argument);
        }
    }

    private void name(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("There is no option " + argument);
        }
        names.add(argument);
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.pop();
    }

    private static int positive(String text) {
        if (!text.matches("[1-9][0-9]?")) {
            throw new IllegalArgumentException("--rounds was '" + text + "'; use 1 to 99");
        }
        return Integer.parseInt(text);
    }

    boolean isHelp() {
        return help;
    }

    boolean isList() {
        return list;
    }

    Pace pace() {
        return rounds == 0 ? pace : pace.withRounds(rounds);
    }

    @Nullable
    Path json() {
        return json;
    }

    @Nullable
    Path page() {
        return page;
    }

    /** {@return the names as the files that a page is made of} */
    List<Path> files() {
        return names.stream().map(Path::of).toList();
    }

    /** {@return those of {@code all} that were asked for} @throws IllegalArgumentException if one is unknown */
    List<Case> select(List<Case> all) {
        if (page != null) {
            return all;
        }
        List<String> known = all.stream().map(Case::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("There is no case '%s'; there are %s".formatted(name, known));
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(each -> names.contains(each.name())).toList();
    }
}
