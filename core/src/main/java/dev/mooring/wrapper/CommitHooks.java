package dev.mooring.wrapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code onCommit} collected, in order. A savepoint remembers how many there were when it was set: rolling back to it
 * drops the others. For one thread.
 */
final class CommitHooks {

    /** Named after Django's {@code django.db.backends.base}. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends.base");

    private record Hook(Runnable action, boolean robust) {}

    private final String alias;
    private final Logger log;
    private final List<Hook> pending = new ArrayList<>();
    private final Map<String, Integer> savepoints = new HashMap<>();
    private List<Hook> due = new ArrayList<>();

    CommitHooks(String alias) {
        this(alias, LOG);
    }

    CommitHooks(String alias, Logger log) {
        this.alias = alias;
        this.log = log;
    }

    void add(Runnable action, boolean robust) {
        pending.add(new Hook(action, robust));
    }

    void set(String savepoint) {
        savepoints.put(savepoint, pending.size());
    }

    void released(String savepoint) {
        savepoints.remove(savepoint);
    }

    void rolledBackTo(String savepoint) {
        Integer kept = savepoints.get(savepoint);
        if (kept != null && kept < pending.size()) {
            pending.subList(kept, pending.size()).clear();
            savepoints.replaceAll((later, count) -> Math.min(count, kept));
        }
    }

    void rolledBack() {
        pending.clear();
        savepoints.clear();
    }

    void committed() {
        try {
            if (!pending.isEmpty()) {
                due.addAll(pending);
            }
        } finally {
            rolledBack();
        }
    }

    /** {@return what waits for the commit, in order, to be run by hand} */
    List<Runnable> waiting() {
        return pending.stream()
                .map(hook -> (Runnable) () -> run(hook.action(), hook.robust(), "by hand"))
                .toList();
    }

    void clear() {
        rolledBack();
        due.clear();
    }

    /** Runs those of what was committed. The list is emptied first: a hook that fails takes the rest with it, as in Django. */
    void run() {
        if (!due.isEmpty()) {
            List<Hook> now = due;
            due = new ArrayList<>();
            now.forEach(hook -> run(hook.action(), hook.robust(), "after a commit"));
        }
    }

    /** Runs a hook for which there is nothing to wait for. */
    void runAtOnce(Runnable action, boolean robust) {
        run(action, robust, "outside a transaction");
    }

    private void run(Runnable action, boolean robust, String when) {
        if (!robust) {
            action.run();
            return;
        }
        try {
            action.run();
        } catch (Exception e) {
            log.error(
                    "The commit hook {} of database '{}', run {}, failed ({})",
                    action.getClass().getName(),
                    alias,
                    when,
                    e,
                    e);
        }
    }
}
