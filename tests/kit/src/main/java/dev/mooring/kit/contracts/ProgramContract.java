package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.kit.contracts.ModelDatabase.Engine;
import dev.mooring.spi.Backend;
import dev.mooring.spi.Feature;
import dev.mooring.spi.TransactionControl;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Programs of nested blocks, errors, savepoints, hooks, transactions by hand and lost connections, made from seeds: they
 * have to do the same on a model and on the database. {@code -Dmooring.full} runs five times as many,
 * {@code -Dprograms=100000} as many as asked for, {@code -Dprograms.seed=7} others.
 */
@Tag("full")
public abstract class ProgramContract extends Contract {

    private static final long SEED = Long.getLong("programs.seed", 30_441);

    /** So many share the reading of the rows. */
    private static final int TOGETHER = 50;

    private static final int ROOM = 100;

    private Engine engine = new Engine(false, true, false);
    private boolean byHand;
    private Class<? extends Connection> driver = Connection.class;

    /** For subclasses. */
    protected ProgramContract() {}

    /** {@return how many programs to run, if the system property {@code programs} does not say so} */
    protected int programs() {
        return Boolean.getBoolean("mooring.full") ? 5_000 : 1_000;
    }

    @BeforeEach
    final void createItem() throws SQLException {
        databases.execute("DROP TABLE IF EXISTS item");
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY)");
        try (Connection plain = backend().plain(databases.using("default").settings())) {
            driver = plain.getClass();
            Backend backend = databases.using("default").backend();
            boolean savepoints = backend.features().has(Feature.SAVEPOINTS);
            plain.setAutoCommit(false);
            TransactionControl control = backend.transactionControl();
            engine = new Engine(errorsAbort(plain), savepoints, savepoints && releasesNothing(plain, control));
            byHand = savepoints && !keepsReleased(plain, control);
        }
    }

    /** {@return whether nothing more runs in a transaction after an error} */
    private static boolean errorsAbort(Connection plain) throws SQLException {
        try (Statement statement = plain.createStatement()) {
            statement.execute("INSERT INTO item VALUES (1)");
            return fails(statement, "INSERT INTO item VALUES (1)") && fails(statement, "INSERT INTO item VALUES (2)");
        } finally {
            plain.rollback();
        }
    }

    private static boolean fails(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    /**
     * {@return whether one can go back to a savepoint that was released} The standard has it gone, and those set after it with it.
     * Where releasing does nothing, programs have the savepoints of their blocks alone, which are left in order.
     */
    private static boolean keepsReleased(Connection plain, TransactionControl control) throws SQLException {
        try (Statement statement = plain.createStatement()) {
            statement.execute("INSERT INTO item VALUES (1)");
            control.savepoint(plain, "one");
            control.releaseSavepoint(plain, "one");
            try {
                control.rollbackToSavepoint(plain, "one");
                return true;
            } catch (SQLException e) {
                return false;
            }
        } finally {
            plain.rollback();
        }
    }

    /** {@return whether a savepoint can be released that is gone} */
    private static boolean releasesNothing(Connection plain, TransactionControl control) throws SQLException {
        try (Statement statement = plain.createStatement()) {
            statement.execute("INSERT INTO item VALUES (1)");
            control.savepoint(plain, "one");
            control.savepoint(plain, "two");
            control.rollbackToSavepoint(plain, "one");
            try {
                control.releaseSavepoint(plain, "two");
                return true;
            } catch (SQLException e) {
                return false;
            }
        } finally {
            plain.rollback();
        }
    }

    @Test
    @DisplayName(
            "GEN-01 Programs of blocks, errors, savepoints, hooks, transactions by hand and lost connections do the same as"
                    + " on a model of the database")
    void doTheSameAsOnTheModel() {
        int programs = Integer.getInteger("programs", programs());
        for (int first = 0; first < programs; first += TOGETHER) {
            Set<Integer> expected = new TreeSet<>();
            for (int i = first; i < first + TOGETHER; i++) {
                compare(i, expected);
            }
            if (!rows().equals(expected)) {
                oneByOne(first);
            }
            databases.execute("DELETE FROM item");
        }
    }

    private void compare(int index, Set<Integer> expected) {
        List<Op> program = program(SEED + index);
        int firstRow = index % TOGETHER * ROOM;
        ModelTarget model = new ModelTarget(engine);
        List<String> trace = Interpreter.trace(program, model);
        if (!trace.equals(Interpreter.trace(program, new LayerTarget(databases, driver, firstRow)))) {
            report(SEED + index, program);
        }
        model.committed().forEach(row -> expected.add(firstRow + row));
    }

    private void oneByOne(int first) {
        for (int i = first; i < first + TOGETHER; i++) {
            List<Op> program = program(SEED + i);
            if (differs(program)) {
                report(SEED + i, program);
            }
        }
        throw new AssertionError("the rows differed, but those of no program alone; first seed " + (SEED + first));
    }

    private List<Op> program(long seed) {
        return ProgramGenerator.program(seed, byHand);
    }

    private boolean differs(List<Op> program) {
        return !model(program).equals(layer(program));
    }

    private List<Object> model(List<Op> program) {
        ModelTarget model = new ModelTarget(engine);
        List<String> trace = Interpreter.trace(program, model);
        return List.of(trace, model.committed());
    }

    private List<Object> layer(List<Op> program) {
        databases.execute("DELETE FROM item");
        List<String> trace = Interpreter.trace(program, new LayerTarget(databases, driver, 0));
        return List.of(trace, rows());
    }

    /** Looks for the simplest program that still differs, and fails with it. */
    private void report(long seed, List<Op> program) {
        List<Op> simplest = program;
        boolean simpler = true;
        while (simpler) {
            simpler = false;
            for (List<Op> candidate : Op.simpler(simplest)) {
                if (differs(candidate)) {
                    simplest = candidate;
                    simpler = true;
                    break;
                }
            }
        }
        assertThat(layer(simplest))
                .as("seed %d, made simpler: %s", seed, simplest)
                .isEqualTo(model(simplest));
        throw new AssertionError("seed %d differed once and does not again: %s".formatted(seed, program));
    }

    private Set<Integer> rows() {
        Set<Integer> rows = new TreeSet<>();
        databases.query("SELECT id FROM item").forEach(row -> rows.add(row.getInt("id")));
        return rows;
    }
}
