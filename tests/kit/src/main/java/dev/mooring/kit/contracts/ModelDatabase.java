package dev.mooring.kit.contracts;

import dev.mooring.kit.contracts.Interpreter.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a database ought to do on one connection: a savepoint is a copy of all rows, and going back to it is taking the copy. What
 * goes wrong with a savepoint is returned, for the layer above to throw or to keep to itself.
 */
final class ModelDatabase {

    /**
     * What databases do differently.
     *
     * @param errorsAbort whether an error leaves a transaction that can only be rolled back
     * @param savepoints whether a nested block is undone alone
     * @param releasesNothing whether it is no error to release a savepoint that is gone
     */
    record Engine(boolean errorsAbort, boolean savepoints, boolean releasesNothing) {}

    /** A savepoint, and all rows as they were then. */
    record Savepoint(long since, Set<Integer> rows) {}

    /** For a lost connection, and for savepoints that are not there, which databases tell in ways of their own. */
    static final String OTHER = "DatabaseException";

    private static final String ABORTED = "TransactionManagementException";
    private static final String DUPLICATE = "IntegrityException";

    private final Engine engine;
    private final List<Savepoint> savepoints = new ArrayList<>();
    private Set<Integer> committed = new TreeSet<>();
    private Set<Integer> rows = new TreeSet<>();
    private boolean open;
    private boolean aborted;
    private boolean lost;

    ModelDatabase(Engine engine) {
        this.engine = engine;
    }

    Set<Integer> committed() {
        return committed;
    }

    boolean hasSavepoints() {
        return engine.savepoints;
    }

    boolean isOpen() {
        return open;
    }

    boolean isAborted() {
        return aborted;
    }

    /** {@return whether the connection was cut since the transaction began} */
    boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    Failure lost() {
        return new Failure(OTHER);
    }

    Failure outside() {
        return new Failure(OTHER);
    }

    void begin() {
        open = true;
        rows = new TreeSet<>(committed);
        savepoints.clear();
    }

    /** @param kept whether what was done is committed */
    void end(boolean kept) {
        if (kept) {
            committed = rows;
        }
        open = false;
        aborted = false;
        lost = false;
    }

    /** Outside a transaction. */
    void insertAndCommit(int row) {
        if (!committed.add(row)) {
            throw new Failure(DUPLICATE);
        }
    }

    void insert(int row) {
        if (aborted) {
            throw new Failure(ABORTED);
        }
        if (!rows.add(row)) {
            throw failed(DUPLICATE);
        }
    }

    Savepoint savepoint(long now) {
        if (aborted) {
            throw failed(ABORTED);
        }
        Savepoint savepoint = new Savepoint(now, new TreeSet<>(rows));
        savepoints.add(savepoint);
        return savepoint;
    }

    /** {@return what went wrong, or null} */
    @Nullable
    Failure release(Savepoint savepoint) {
        if (aborted) {
            return failed(ABORTED);
        }
        int index = position(savepoint);
        if (index < 0) {
            return engine.releasesNothing ? null : failed(OTHER);
        }
        savepoints.subList(index, savepoints.size()).clear();
        return null;
    }

    /** {@return what went wrong, or null, in going back to the savepoint, which stays} */
    @Nullable
    Failure rollbackTo(Savepoint savepoint) {
        int index = position(savepoint);
        if (index < 0) {
            return failed(OTHER);
        }
        savepoints.subList(index + 1, savepoints.size()).clear();
        rows = new TreeSet<>(savepoint.rows());
        aborted = false;
        return null;
    }

    private int position(Savepoint savepoint) {
        for (int i = 0; i < savepoints.size(); i++) {
            if (savepoints.get(i).since() == savepoint.since()) {
                return i;
            }
        }
        return -1;
    }

    private Failure failed(String kind) {
        aborted |= engine.errorsAbort;
        return new Failure(kind);
    }
}
