package dev.mooring.transactions;

import dev.mooring.transactions.Interpreter.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What ought to happen, said once more in another way: a savepoint is a copy of everything, and going back to it is taking
 * the copy. The database and the layer above it are one here.
 */
final class ModelTarget implements Target {

    /**
     * What a database says to the same things.
     *
     * @param errorsAbort whether an error leaves a transaction that can only be rolled back
     * @param lost what a connection says that was cut
     * @param noSavepoint what the database says about a savepoint that is not there
     * @param outside what it says where no transaction is open
     */
    record Engine(boolean errorsAbort, String lost, String noSavepoint, String outside) {
        static final Engine POSTGRES =
                new Engine(true, "InterfaceException", "ProgrammingException", "InternalException");
        static final Engine SQLITE =
                new Engine(false, "ProgrammingException", "OperationalException", "OperationalException");
    }

    private static final String REFUSED = "TransactionManagementException";
    private static final String ABORTED = REFUSED;
    private static final String GONE = "OperationalException";
    private static final String CLOSED = "ProgrammingException";

    private record Hook(long since, Runnable action) {}

    /** A savepoint, and everything as it was then. */
    private record Copy(long since, Set<Integer> rows) {}

    /** A block; its savepoint is null if it has none. */
    private record Block(boolean outermost, Copy savepoint) {}

    private final Engine engine;
    private Set<Integer> committed = new TreeSet<>();
    private List<Hook> hooks = new ArrayList<>();
    private List<Hook> due = new ArrayList<>();
    private final Deque<Block> blocks = new ArrayDeque<>();
    private final List<Copy> savepoints = new ArrayList<>();
    private Set<Integer> rows = new TreeSet<>();
    private boolean manual;
    private boolean open;
    private boolean marked;
    private boolean aborted;
    private boolean closed;
    private boolean lost;
    private boolean known;
    private long time;

    ModelTarget(Engine engine) {
        this.engine = engine;
    }

    Set<Integer> committed() {
        return committed;
    }

    @Override
    public void insert(int row) {
        if (!manual && blocks.isEmpty()) {
            if (!committed.add(row)) {
                throw new Failure("IntegrityException");
            }
            return;
        }
        begin();
        send(true);
        if (aborted) {
            throw new Failure(ABORTED);
        }
        if (!rows.add(row)) {
            throw failed("IntegrityException");
        }
    }

    private void begin() {
        if (!open) {
            open = true;
            rows = new TreeSet<>(committed);
            marked = false;
            aborted = false;
            lost = false;
            known = false;
            closed = false;
            savepoints.clear();
        }
    }

    /** What stands between a statement and the database. */
    private void send(boolean refusable) {
        if (refusable && marked) {
            throw new Failure(REFUSED);
        }
        if (closed) {
            throw new Failure(CLOSED);
        }
        if (known) {
            throw new Failure(GONE);
        }
        if (lost) {
            known = true;
            marked = true;
            throw failed(engine.lost);
        }
    }

    private Failure failed(String kind) {
        aborted |= engine.errorsAbort;
        return new Failure(kind);
    }

    @Override
    public void block(Form form, Runnable body) {
        enter(form);
        try {
            body.run();
        } catch (Failure e) {
            leaveFailed();
            throw e;
        }
        if (form == Form.CLOSED) {
            Failure failure = leaveFailed();
            if (failure != null) {
                throw failure;
            }
        } else {
            leave();
        }
    }

    private void enter(Form form) {
        if (form == Form.DURABLE && !blocks.isEmpty()) {
            throw new Failure(REFUSED);
        }
        boolean outermost = blocks.isEmpty() && !manual;
        begin();
        Copy savepoint = null;
        if (!outermost && form != Form.MERGED && !marked) {
            savepoint = copy();
        }
        blocks.push(new Block(outermost, savepoint));
    }

    private Copy copy() {
        send(false);
        if (aborted) {
            throw failed(ABORTED);
        }
        Copy copy = new Copy(++time, new TreeSet<>(rows));
        savepoints.add(copy);
        return copy;
    }

    private void leave() {
        Block block = blocks.pop();
        if (leftClosed()) {
            return;
        }
        boolean undo = marked;
        if (block.outermost()) {
            end(undo);
            runDue();
        } else if (block.savepoint() != null) {
            marked = false;
            if (known) {
                throw new Failure(GONE);
            }
            Failure failure = undo ? undo(block.savepoint()) : keep(block.savepoint());
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** {@return what went wrong with the rollback, which the caller sees if nothing else did} */
    private Failure leaveFailed() {
        Block block = blocks.pop();
        if (leftClosed()) {
            return null;
        }
        if (block.outermost()) {
            boolean silent = lost && !known;
            over(false);
            return silent ? new Failure(engine.lost) : null;
        }
        if (block.savepoint() == null) {
            marked = true;
            return null;
        }
        marked = false;
        return known ? null : undo(block.savepoint());
    }

    private boolean leftClosed() {
        if (closed) {
            marked = true;
            if (blocks.isEmpty()) {
                manual = false;
                over(false);
                marked = false;
            }
            return true;
        }
        return false;
    }

    private Failure keep(Copy savepoint) {
        if (lost) {
            known = true;
            marked = true;
            return new Failure(engine.lost);
        }
        Failure failure = release(savepoint);
        if (failure != null) {
            Failure unused = undo(savepoint);
        }
        return failure;
    }

    private Failure release(Copy savepoint) {
        if (aborted) {
            return failed(ABORTED);
        }
        int index = position(savepoint);
        if (index < 0) {
            return failed(engine.noSavepoint);
        }
        savepoints.subList(index, savepoints.size()).clear();
        return null;
    }

    private Failure undo(Copy savepoint) {
        hooks.removeIf(hook -> hook.since() > savepoint.since());
        if (lost) {
            known = true;
            marked = true;
            return new Failure(engine.lost);
        }
        Failure failure = goBack(savepoint);
        if (failure != null) {
            marked = true;
            return failure;
        }
        savepoints.remove(savepoints.size() - 1);
        return null;
    }

    private Failure goBack(Copy savepoint) {
        int index = position(savepoint);
        if (index < 0) {
            return failed(engine.noSavepoint);
        }
        savepoints.subList(index + 1, savepoints.size()).clear();
        rows = new TreeSet<>(savepoint.rows());
        aborted = false;
        return null;
    }

    private int position(Copy savepoint) {
        for (int i = 0; i < savepoints.size(); i++) {
            if (savepoints.get(i).since() == savepoint.since()) {
                return i;
            }
        }
        return -1;
    }

    /** Commits, unless there is a reason not to. */
    private void end(boolean undo) {
        String failure = null;
        if (known) {
            failure = GONE;
        } else if (undo) {
            failure = lost ? engine.lost : null;
        } else if (lost) {
            // It is closed already when COMMIT is due, so nothing was committed.
            failure = GONE;
        } else if (aborted) {
            failure = REFUSED;
        }
        over(failure == null && !undo);
        if (failure != null) {
            throw new Failure(failure);
        }
    }

    private void over(boolean kept) {
        if (kept) {
            committed = rows;
            due.addAll(hooks);
        }
        hooks = new ArrayList<>();
        open = false;
        marked = false;
        closed = false;
        lost = false;
        known = false;
        aborted = false;
    }

    private void runDue() {
        List<Hook> now = due;
        due = new ArrayList<>();
        now.forEach(hook -> hook.action().run());
    }

    @Override
    public void marked(Runnable body) {
        try {
            body.run();
        } catch (Failure e) {
            marked |= !blocks.isEmpty();
            throw e;
        }
    }

    @Override
    public void hook(Runnable hook) {
        if (!blocks.isEmpty()) {
            hooks.add(new Hook(++time, hook));
        } else if (manual) {
            throw new Failure(REFUSED);
        } else {
            hook.run();
        }
    }

    @Override
    public void setRollback(boolean rollback) {
        refuseUnless(!blocks.isEmpty());
        marked = rollback;
    }

    @Override
    public void setAutocommit(boolean autocommit) {
        refuseUnless(blocks.isEmpty() && !(autocommit && open));
        manual = !autocommit;
        if (autocommit) {
            runDue();
        }
    }

    @Override
    public void commit() {
        refuseUnless(blocks.isEmpty());
        if (open) {
            refuseUnless(!marked);
            end(false);
        }
    }

    @Override
    public void rollback() {
        refuseUnless(blocks.isEmpty());
        if (open) {
            end(true, known);
        }
    }

    private void end(boolean undo, boolean quietly) {
        if (quietly) {
            over(false);
        } else {
            end(undo);
        }
    }

    private static void refuseUnless(boolean allowed) {
        if (!allowed) {
            throw new Failure(REFUSED);
        }
    }

    private boolean isAutocommit() {
        return !manual && blocks.isEmpty();
    }

    @Override
    public Object savepoint() {
        if (isAutocommit()) {
            return null;
        }
        begin();
        refuseUnless(!marked);
        return copy();
    }

    @Override
    public void savepointRollback(Object savepoint) {
        if (isAutocommit()) {
            return;
        }
        refuseUnless(!marked);
        Copy copy = known(savepoint);
        Failure failure = goBack(copy);
        if (failure != null) {
            throw failure;
        }
        hooks.removeIf(hook -> hook.since() > copy.since());
    }

    @Override
    public void savepointCommit(Object savepoint) {
        if (isAutocommit()) {
            return;
        }
        refuseUnless(!marked);
        Failure failure = release(known(savepoint));
        if (failure != null) {
            throw failure;
        }
    }

    private Copy known(Object savepoint) {
        if (savepoint == null) {
            throw new Failure("ProgrammingException");
        }
        if (!open) {
            throw new Failure(engine.outside);
        }
        send(true);
        return (Copy) savepoint;
    }

    @Override
    public void close() {
        hooks.clear();
        due.clear();
        if (blocks.isEmpty()) {
            manual = false;
            over(false);
        } else {
            closed = true;
            marked = true;
        }
    }

    @Override
    public void lose() {
        if (open && !closed) {
            lost = true;
        }
    }

    @Override
    public String state() {
        return "; " + isAutocommit() + ", " + (blocks.isEmpty() ? "outside" : "in atomic, " + marked);
    }

    @Override
    public void unit(Runnable program) {
        try {
            program.run();
        } finally {
            if (manual) {
                try {
                    rollback();
                } finally {
                    setAutocommit(true);
                }
            }
        }
    }
}
