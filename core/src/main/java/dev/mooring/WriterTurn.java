package dev.mooring;

import dev.mooring.pool.WriteLock;
import org.jspecify.annotations.Nullable;

/** A wrapper's share in the turns of a database that takes one writer at a time. For the wrapper's thread. */
final class WriterTurn {

    private final Database database;
    private final HeldConnection held;
    private final ThreadGuard guard;
    private final Runnable refusal;

    /** How many blocks and statements under way have the turn. */
    private int users;

    private @Nullable Thread taker;

    WriterTurn(Database database, HeldConnection held, ThreadGuard guard) {
        this.database = database;
        this.held = held;
        this.guard = guard;
        this.refusal = database.pool()::refuseIfShut;
    }

    /**
     * Waits for this thread's turn to write, where there is one: before the connection is leased, or waiting writers would
     * keep all of them from the readers.
     *
     * @return whether it was taken, to be passed on
     */
    boolean take() {
        WriteLock turn = database.turn();
        if (turn == null || database.settings().readOnly()) {
            return false;
        }
        guard.enter();
        boolean taken = false;
        try {
            if (users == 0) {
                acquire(turn);
            }
            users++;
            taken = true;
        } finally {
            if (!taken) {
                guard.exit();
            }
        }
        return true;
    }

    private void acquire(WriteLock turn) {
        held.giveBackIfIdle();
        turn.acquire(
                database.settings().acquireTimeout(),
                "write to database '" + database.alias() + "'",
                database.waits(),
                refusal);
        taker = Thread.currentThread();
    }

    void pass() {
        WriteLock turn = database.turn();
        try {
            if (--users == 0 && turn != null && taker != null) {
                turn.release(taker);
                taker = null;
            }
        } finally {
            guard.exit();
        }
    }
}
