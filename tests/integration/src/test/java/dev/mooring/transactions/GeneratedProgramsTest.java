package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.transactions.ModelDatabase.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Programs of nested blocks, errors, savepoints, hooks, transactions by hand and lost connections, made from seeds: they
 * have to do the same on the model and on all databases. {@code -Dmooring.full} runs five times as many,
 * {@code -Dprograms=100000} as many as asked for, {@code -Dprograms.seed=7} others.
 */
@Tag("full")
class GeneratedProgramsTest {

    private static final Logger LOG = LoggerFactory.getLogger(GeneratedProgramsTest.class);
    private static final int PROGRAMS =
            Integer.getInteger("programs", Boolean.getBoolean("mooring.full") ? 5_000 : 1_000);
    private static final long SEED = Long.getLong("programs.seed", 30_441);

    /** So many share the reading of the rows. */
    private static final int TOGETHER = 50;

    private static final int ROOM = 100;

    @TempDir
    private Path directory;

    @Test
    void doTheSameOnTheModelAndOnSqlite() {
        check(TestDatabases.sqlite(directory).build(), Engine.SQLITE);
    }

    @Test
    void doTheSameOnTheModelAndOnPostgres() {
        check(TestDatabases.postgres().build(), Engine.POSTGRES);
    }

    @Test
    void doTheSameOnTheModelAndOnMariadb() {
        check(TestDatabases.mariadb().build(), Engine.MARIADB);
    }

    private static void check(DatabaseSettings settings, Engine engine) {
        try (Databases databases = Databases.of(settings)) {
            databases.execute("DROP TABLE IF EXISTS item");
            databases.execute("CREATE TABLE item (id integer PRIMARY KEY)");
            long steps = 0;
            for (int first = 0; first < PROGRAMS; first += TOGETHER) {
                Set<Integer> expected = new TreeSet<>();
                for (int i = first; i < Math.min(first + TOGETHER, PROGRAMS); i++) {
                    steps += compare(i, expected, databases, engine);
                }
                if (!rows(databases).equals(expected)) {
                    oneByOne(first, databases, engine);
                }
                databases.execute("DELETE FROM item");
            }
            assertThat(databases.using(DatabaseSettings.DEFAULT_ALIAS).counts().leased())
                    .isZero();
            LOG.info(
                    "{} programs from seed {} on, {} steps, did the same on the model and on {}",
                    PROGRAMS,
                    SEED,
                    steps,
                    settings.engine());
        }
    }

    private static int compare(int index, Set<Integer> expected, Databases databases, Engine engine) {
        List<Op> program = ProgramGenerator.program(SEED + index);
        int firstRow = index % TOGETHER * ROOM;
        ModelTarget model = new ModelTarget(engine);
        List<String> trace = Interpreter.trace(program, model);
        if (!trace.equals(Interpreter.trace(program, new LayerTarget(databases, firstRow)))) {
            report(SEED + index, program, databases, engine);
        }
        model.committed().forEach(row -> expected.add(firstRow + row));
        return trace.size();
    }

    private static void oneByOne(int first, Databases databases, Engine engine) {
        for (int i = first; i < first + TOGETHER; i++) {
            List<Op> program = ProgramGenerator.program(SEED + i);
            if (differs(program, databases, engine)) {
                report(SEED + i, program, databases, engine);
            }
        }
        throw new AssertionError("the rows differed, but those of no program alone; first seed " + (SEED + first));
    }

    private static boolean differs(List<Op> program, Databases databases, Engine engine) {
        return !model(program, engine).equals(layer(program, databases));
    }

    private static List<Object> model(List<Op> program, Engine engine) {
        ModelTarget model = new ModelTarget(engine);
        List<String> trace = Interpreter.trace(program, model);
        return List.of(trace, model.committed());
    }

    private static List<Object> layer(List<Op> program, Databases databases) {
        databases.execute("DELETE FROM item");
        List<String> trace = Interpreter.trace(program, new LayerTarget(databases, 0));
        return List.of(trace, rows(databases));
    }

    /** Looks for the simplest program that still differs, and fails with it. */
    private static void report(long seed, List<Op> program, Databases databases, Engine engine) {
        List<Op> simplest = program;
        boolean simpler = true;
        while (simpler) {
            simpler = false;
            for (List<Op> candidate : Op.simpler(simplest)) {
                if (differs(candidate, databases, engine)) {
                    simplest = candidate;
                    simpler = true;
                    break;
                }
            }
        }
        assertThat(layer(simplest, databases))
                .as("seed %d, made simpler: %s", seed, simplest)
                .isEqualTo(model(simplest, engine));
        throw new AssertionError("seed %d differed once and does not again: %s".formatted(seed, program));
    }

    private static Set<Integer> rows(Databases databases) {
        Set<Integer> rows = new TreeSet<>();
        databases.query("SELECT id FROM item").forEach(row -> rows.add(row.getInt("id")));
        return rows;
    }
}
