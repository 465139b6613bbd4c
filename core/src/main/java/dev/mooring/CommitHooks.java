package dev.mooring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What {@code onCommit} collected, each with the savepoints it was registered under. For one thread. */
final class CommitHooks {

    private record Hook(Runnable action, Set<String> savepoints) {}

    private List<Hook> hooks = new ArrayList<>();

    void add(Runnable action, Set<String> savepoints) {
        hooks.add(new Hook(action, savepoints));
    }

    void discard(String savepoint) {
        hooks.removeIf(hook -> hook.savepoints().contains(savepoint));
    }

    void clear() {
        hooks.clear();
    }

    /** Runs all in order. The list is emptied first: a hook that fails takes the rest with it, as in Django. */
    void run() {
        List<Hook> due = hooks;
        hooks = new ArrayList<>();
        due.forEach(hook -> hook.action().run());
    }
}
