package dev.mooring.kit.contracts;

import java.util.ArrayList;
import java.util.List;

/** Collects what was broken, so that one run shows all of it. */
final class Violations {

    private static final int SHOWN = 50;

    private final List<String> found = new ArrayList<>();

    void check(String where, Check check) {
        try {
            check.run();
        } catch (Exception | AssertionError e) {
            found.add(where + ": " + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "));
        }
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new AssertionError("%d broken invariants:%n%s"
                    .formatted(found.size(), String.join("\n", found.subList(0, Math.min(SHOWN, found.size())))));
        }
    }

    /** Something that must hold. */
    interface Check {
        void run() throws Exception;
    }
}
