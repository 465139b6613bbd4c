package dev.mooring.demo;

import com.google.common.base.Suppliers;
import dev.mooring.demo.site.Experiment;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The runs of the live page, one at a time, and the last one of each handling for comparison. */
final class LiveExperiment implements Experiment, AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Handling, LiveRun> runs = new EnumMap<>(Handling.class);
    private @Nullable LiveRun current;
    private boolean closed;

    /** Set by the thread of the first run. */
    private volatile @Nullable LiveStage stage;

    private final Supplier<LiveStage> stages;

    /** @param engine the kind of database that the runs are to have */
    LiveExperiment(Engine engine) {
        stages = Suppliers.memoize(() -> {
            LiveStage opened = LiveStage.open(engine);
            stage = opened;
            return opened;
        });
    }

    @Override
    public Optional<String> start(UnaryOperator<String> form) {
        LiveOptions options;
        try {
            options = LiveOptions.read(form);
        } catch (ImproperlyConfiguredException e) {
            return Optional.of(e.getMessage() + ".");
        }
        lock.lock();
        try {
            if (closed || (current != null && current.isUnderWay())) {
                return Optional.of("A run is under way: stop it, or wait for its end.");
            }
            begin(options);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void begin(LiveOptions options) {
        LiveRun before = current;
        LiveRun run = new LiveRun(options, () -> {
            if (before != null) {
                before.close();
            }
            return stages.get();
        });
        current = run;
        runs.put(options.handling(), run);
        run.start();
    }

    @Override
    public void stop() {
        LiveRun run = current();
        if (run != null) {
            run.stop();
        }
    }

    @Override
    public void closeConnections() {
        LiveRun run = current();
        if (run != null) {
            run.close();
        }
    }

    @Override
    public Map<String, @Nullable Object> state() {
        LiveRun shown;
        List<LiveRun> all;
        lock.lock();
        try {
            shown = current;
            all = new ArrayList<>(runs.values());
        } finally {
            lock.unlock();
        }
        return LiveState.of(shown, all);
    }

    @Override
    public boolean hasVirtualThreads() {
        return ThreadModel.VIRTUAL.isSupported();
    }

    private @Nullable LiveRun current() {
        lock.lock();
        try {
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** Closes what the last run left open, then the database. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        closeConnections();
        LiveStage present = stage;
        if (present != null) {
            present.close();
        }
    }
}
