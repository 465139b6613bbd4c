package dev.mooring;

/** How deep one thread is in units of work. Confined to that thread. */
final class UnitDepth {

    private int depth;

    boolean inUnit() {
        return depth > 0;
    }

    void begin() {
        depth++;
    }

    /** {@return whether the outermost unit has ended} */
    boolean end() {
        return --depth == 0;
    }
}
