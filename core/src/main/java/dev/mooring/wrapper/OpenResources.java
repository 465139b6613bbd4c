package dev.mooring.wrapper;

import dev.mooring.statement.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a thread has opened on its wrapper and not closed: cursors and streams, holds, connections of the {@code DataSource}.
 * One per wrapper, confined to its thread.
 */
public final class OpenResources implements UnitParticipant {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends.base");

    /** Made beforehand, since ending must take no memory. */
    private static final Consumer<OpenResource> CLOSE = OpenResource::close;

    private final String alias;
    private final ThreadGuard guard;
    private final TransactionState state;
    private final List<OpenResource> cursors = new ArrayList<>(0);
    private final List<OpenResource> holds = new ArrayList<>(0);
    private @Nullable ViewConnections views;

    OpenResources(String alias, ThreadGuard guard, TransactionState state) {
        this.alias = alias;
        this.guard = guard;
        this.state = state;
    }

    void openedHold(OpenResource hold) {
        holds.add(hold);
    }

    void closedHold(OpenResource hold) {
        holds.remove(hold);
    }

    void openedCursor(OpenResource cursor) {
        cursors.add(cursor);
    }

    void closedCursor(OpenResource cursor) {
        cursors.remove(cursor);
    }

    /** {@return the connections taken from the {@code DataSource}; null if none was ever taken} */
    public @Nullable ViewConnections views() {
        return views;
    }

    public void views(ViewConnections taken) {
        views = taken;
    }

    /** Closes what was opened on the connection itself that is held, before the lease ends. */
    void closeUnderlying() {
        if (views != null) {
            views.closeUnderlying();
        }
    }

    void checkThread() {
        guard.check();
    }

    /** Throws if {@code attempt} may be meant for the transaction of a connection from the {@code DataSource}, not for this one. */
    public void checkUnambiguous(String attempt) {
        guard.check();
        if (views != null) {
            views.checkUnambiguous(attempt);
        }
    }

    /** {@return whether the transaction by hand is that of a connection from the {@code DataSource}, which ends it} */
    boolean isViewTransaction() {
        return views != null && views.isEndedByOneOfThese();
    }

    @Override
    public void describe(List<String> lines) {
        cursors.forEach(cursor -> lines.add(cursor.describe()));
        holds.forEach(hold -> lines.add(hold.describe()));
    }

    /** Closes what was left open before this unit of work, which would run inside it. */
    @Override
    public void beginUnit() {
        if (state.inAtomic()) {
            return;
        }
        if (views != null) {
            views.beginUnit();
        }
        closeForgotten(holds);
        closeForgotten(cursors);
    }

    private void closeForgotten(List<OpenResource> open) {
        for (OpenResource resource : List.copyOf(open)) {
            String forgotten = resource.forgotten();
            if (forgotten != null) {
                LOG.warn(
                        "{} on database '{}' was still open when a unit of work began, and is closed: close it before, or"
                                + " begin the unit of work first",
                        forgotten,
                        alias);
                resource.close();
            }
        }
    }

    /** Closes what was left open in the unit of work, unless it is in a block that goes on. */
    @Override
    public void endUnit() {
        if (state.inAtomic()) {
            return;
        }
        Throwable first = null;
        try {
            if (views != null) {
                views.endUnit();
            }
        } catch (RuntimeException | Error e) {
            first = e;
        }
        first = Failures.endEach(holds, CLOSE, first);
        Failures.throwIfAny(Failures.endEach(cursors, CLOSE, first));
    }

    /** What is open, or begun by hand, is the other library's. */
    @Override
    public void endUnitOfTransaction() {}
}
