package dev.mooring;

import dev.mooring.error.DatabaseException;
import dev.mooring.jfr.FlightRecorder;
import dev.mooring.pool.CloseReason;
import dev.mooring.pool.PoolListener;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listeners with the events of one database's pool. Thread-safe. */
final class ListenerDispatcher implements PoolListener {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseListener.class);

    private final String alias;
    private final List<DatabaseListener> listeners;

    ListenerDispatcher(String alias, List<DatabaseListener> listeners) {
        this.alias = alias;
        this.listeners = listeners;
    }

    /** Unlike the others, does not catch errors: a connection that a listener rejected must not be used. */
    void created(DatabaseWrapper wrapper) {
        for (DatabaseListener listener : listeners) {
            listener.connectionCreated(wrapper);
        }
    }

    @Override
    public void opened(Duration time) {
        FlightRecorder.opened(alias, time);
        tell(listener -> listener.connectionOpened(alias, time));
    }

    @Override
    public void closed(CloseReason reason) {
        String name = reason.name().toLowerCase(Locale.ROOT);
        FlightRecorder.closed(alias, name);
        tell(listener -> listener.connectionClosed(alias, name));
    }

    @Override
    public void waited(Duration time) {
        FlightRecorder.waited(alias, time);
        tell(listener -> listener.leaseWaited(alias, time));
    }

    @Override
    public void timedOut() {
        FlightRecorder.timedOut(alias);
        tell(listener -> listener.leaseTimedOut(alias));
    }

    @Override
    public void reclaimed(String thread) {
        FlightRecorder.reclaimed(alias, thread);
        tell(listener -> listener.leaseReclaimed(alias, thread));
    }

    @Override
    public void openFailed(DatabaseException error) {
        FlightRecorder.openFailed(alias, error);
        tell(listener -> listener.connectionFailed(alias, error));
    }

    /** Does not catch errors either: databases that are not observed as they should be are not used. */
    void started(DatabaseStatus database) {
        for (DatabaseListener listener : listeners) {
            listener.started(database);
        }
    }

    void stopped(DatabaseStatus database) {
        tell(listener -> listener.stopped(database));
    }

    private void tell(Consumer<DatabaseListener> event) {
        for (DatabaseListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.warn(
                        "DatabaseListener {} of database '{}' threw; the event was not delivered to it",
                        listener.getClass().getName(),
                        alias,
                        e);
            }
        }
    }
}
