package dev.mooring.wrapper;

/** How deep one thread is in units of work. Confined to that thread. */
public final class UnitDepth {

    private int depth;

    public boolean inUnit() {
        return depth > 0;
    }

    public void begin() {
        depth++;
    }

    /** {@return whether the outermost unit has ended} */
    public boolean end() {
        return --depth == 0;
    }
}
