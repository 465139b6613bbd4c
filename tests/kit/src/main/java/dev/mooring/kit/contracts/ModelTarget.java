package dev.mooring.kit.contracts;

import dev.mooring.kit.contracts.Interpreter.Failure;
import dev.mooring.kit.contracts.ModelDatabase.Engine;
import dev.mooring.kit.contracts.ModelDatabase.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the layer ought to do, said once more in another way, on a {@link ModelDatabase}. */
final class ModelTarget implements Target {

    private static final String REFUSED = "TransactionManagementException";
    private static final String GONE = ModelDatabase.OTHER;
    private static final String CLOSED = ModelDatabase.OTHER;

    private record Hook(long since, Runnable action) {}

    /** A block; its savepoint is null if it has none. */
    private record Block(boolean outermost, @Nullable Savepoint savepoint) {}

    private final ModelDatabase database;
    private List<Hook> hooks = new ArrayList<>();
    private List<Hook> due = new ArrayList<>();
    private final Deque<Block> blocks = new ArrayDeque<>();
    private boolean manual;
    private boolean marked;
    private boolean closed;
    private boolean known;
    private long time;

    ModelTarget(Engine engine) {
        this.database = new ModelDatabase(engine);
    }

    Set<Integer> committed() {
        return database.committed();
    }

    @Override
    public void insert(int row) {
        if (isAutocommit()) {
            database.insertAndCommit(row);
        } else {
            begin();
            send(true);
            database.insert(row);
        }
    }

    private void begin() {
        if (!database.isOpen()) {
            database.begin();
            marked = false;
            known = false;
            closed = false;
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
        if (database.isLost()) {
            throw noticeLoss();
        }
    }

    private Failure noticeLoss() {
        known = true;
        marked = true;
        return database.lost();
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
            @Nullable Failure failure = leaveFailed();
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
        @Nullable Savepoint savepoint = null;
        if (!outermost && form != Form.MERGED && !marked && database.hasSavepoints()) {
            savepoint = setSavepoint();
        }
        blocks.push(new Block(outermost, savepoint));
    }

    private Savepoint setSavepoint() {
        send(false);
        return database.savepoint(++time);
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
            @Nullable Failure failure = undo ? undo(block.savepoint()) : keep(block.savepoint());
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** {@return what went wrong with the rollback, which the caller sees if nothing else did} */
    private @Nullable Failure leaveFailed() {
        Block block = blocks.pop();
        if (leftClosed()) {
            return null;
        }
        if (block.outermost()) {
            boolean silent = database.isLost() && !known;
            over(false);
            return silent ? database.lost() : null;
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

    private @Nullable Failure keep(Savepoint savepoint) {
        if (database.isLost()) {
            return noticeLoss();
        }
        @Nullable Failure failure = database.release(savepoint);
        if (failure != null) {
            @Nullable Failure unused = undo(savepoint);
        }
        return failure;
    }

    private @Nullable Failure undo(Savepoint savepoint) {
        hooks.removeIf(hook -> hook.since() > savepoint.since());
        if (database.isLost()) {
            return noticeLoss();
        }
        @Nullable Failure failure = database.rollbackTo(savepoint);
        if (failure == null) {
            failure = database.release(savepoint);
        } else {
            marked = true;
        }
        return failure;
    }

    /** Commits, unless there is a reason not to. */
    private void end(boolean undo) {
        @Nullable Failure failure = null;
        if (known) {
            failure = new Failure(GONE);
        } else if (undo) {
            failure = database.isLost() ? database.lost() : null;
        } else if (database.isLost()) {
            // It is closed already when COMMIT is due, so nothing was committed.
            failure = new Failure(GONE);
        } else if (database.isAborted()) {
            failure = new Failure(REFUSED);
        }
        over(failure == null && !undo);
        if (failure != null) {
            throw failure;
        }
    }

    private void over(boolean kept) {
        database.end(kept);
        if (kept) {
            due.addAll(hooks);
        }
        hooks = new ArrayList<>();
        marked = false;
        closed = false;
        known = false;
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
        refuseUnless(blocks.isEmpty() && !(autocommit && database.isOpen()));
        manual = !autocommit;
        if (autocommit) {
            runDue();
        }
    }

    @Override
    public void commit() {
        refuseUnless(blocks.isEmpty());
        if (database.isOpen()) {
            refuseUnless(!marked);
            end(false);
        }
    }

    @Override
    public void rollback() {
        refuseUnless(blocks.isEmpty());
        if (database.isOpen() && known) {
            over(false);
        } else if (database.isOpen()) {
            end(true);
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
    public @Nullable Object savepoint() {
        if (isAutocommit()) {
            return null;
        }
        begin();
        refuseUnless(!marked);
        return setSavepoint();
    }

    @Override
    public void savepointRollback(@Nullable Object savepoint) {
        if (isAutocommit()) {
            return;
        }
        refuseUnless(!marked);
        Savepoint target = sent(savepoint);
        @Nullable Failure failure = database.rollbackTo(target);
        if (failure != null) {
            throw failure;
        }
        hooks.removeIf(hook -> hook.since() > target.since());
    }

    @Override
    public void savepointCommit(@Nullable Object savepoint) {
        if (isAutocommit()) {
            return;
        }
        refuseUnless(!marked);
        @Nullable Failure failure = database.release(sent(savepoint));
        if (failure != null) {
            throw failure;
        }
    }

    private Savepoint sent(@Nullable Object savepoint) {
        if (savepoint == null) {
            throw new Failure(ModelDatabase.OTHER);
        }
        if (!database.isOpen()) {
            throw database.outside();
        }
        send(true);
        return (Savepoint) savepoint;
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
        if (database.isOpen() && !closed) {
            database.lose();
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
