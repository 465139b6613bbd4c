package dev.mooring.kit.contracts;

import dev.mooring.error.DatabaseException;
import dev.mooring.kit.contracts.Target.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a program and writes down what comes of each step. */
final class Interpreter {

    private static final String FAILURE = "failure";

    private static final Set<String> SAME_EVERYWHERE =
            Set.of(FAILURE, "IntegrityException", "TransactionManagementException");

    private final Target target;
    private final @Nullable Object[] savepoints = new @Nullable Object[ProgramGenerator.SAVEPOINTS];
    private final List<String> trace = new ArrayList<>();

    private Interpreter(Target target) {
        this.target = target;
    }

    static List<String> trace(List<Op> program, Target target) {
        Interpreter interpreter = new Interpreter(target);
        interpreter.swallow("unit", () -> target.unit(() -> interpreter.run(program)));
        return interpreter.trace;
    }

    private void run(List<Op> ops) {
        ops.forEach(this::run);
    }

    private void run(Op op) {
        switch (op.kind()) {
            case SWALLOW -> swallow("swallow", () -> run(op.body()));
            case HOOK ->
                noted(
                        op,
                        () -> target.hook(() -> {
                            trace.add("hook " + op.n());
                            run(op.body());
                        }));
            default -> noted(op, () -> perform(op));
        }
    }

    private void perform(Op op) {
        int n = op.n();
        Runnable body = () -> run(op.body());
        switch (op.kind()) {
            case INSERT -> target.insert(n);
            case FAIL -> throw new Failure(FAILURE);
            case ATOMIC -> target.block(Form.ATOMIC, body);
            case MERGED -> target.block(Form.MERGED, body);
            case DURABLE -> target.block(Form.DURABLE, body);
            case BLOCK_COMMITTED -> target.block(Form.COMMITTED, body);
            case BLOCK_CLOSED -> target.block(Form.CLOSED, body);
            case MARKED -> target.marked(body);
            case MARK -> target.setRollback(true);
            case UNMARK -> target.setRollback(false);
            case AUTOCOMMIT_OFF -> target.setAutocommit(false);
            case AUTOCOMMIT_ON -> target.setAutocommit(true);
            case COMMIT -> target.commit();
            case ROLLBACK -> target.rollback();
            case SAVEPOINT -> savepoints[n] = target.savepoint();
            case SAVEPOINT_ROLLBACK -> target.savepointRollback(savepoints[n]);
            case SAVEPOINT_COMMIT -> target.savepointCommit(savepoints[n]);
            case CLOSE -> target.close();
            case LOSE -> target.lose();
            default -> throw new IllegalArgumentException(op.toString());
        }
    }

    private void noted(Op op, Runnable action) {
        String name = op.kind() + " " + op.n();
        try {
            action.run();
        } catch (DatabaseException | Failure e) {
            trace.add(name + ": " + kind(e) + target.state());
            throw e;
        }
        trace.add(name + ": done" + target.state());
    }

    private void swallow(String name, Runnable action) {
        try {
            action.run();
        } catch (DatabaseException | Failure e) {
            trace.add(name + ": " + kind(e) + target.state());
        }
    }

    private static String kind(RuntimeException error) {
        String name = error instanceof Failure failure
                ? String.valueOf(failure.getMessage())
                : error.getClass().getSimpleName();
        return SAME_EVERYWHERE.contains(name) ? name : ModelDatabase.OTHER;
    }

    /** The application's error, or one that the model foresees. */
    static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Failure(String kind) {
            super(kind, null, false, false);
        }
    }
}
