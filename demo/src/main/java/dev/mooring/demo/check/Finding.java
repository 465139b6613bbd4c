package dev.mooring.demo.check;

/**
 * What a check found.
 *
 * @param subject what was looked at, in a word or two
 * @param seen what was seen, a sentence without a full stop
 * @param wayOut what to do about it; empty if all is well
 */
public record Finding(Level level, String subject, String seen, String wayOut) {

    /** How bad it is. */
    public enum Level {
        OK,
        /** Something may not work, or could not be looked at. */
        WARN,
        /** Something does not work. */
        FAIL
    }

    static Finding ok(String subject, String seen) {
        return new Finding(Level.OK, subject, seen, "");
    }

    static Finding warn(String subject, String seen, String wayOut) {
        return new Finding(Level.WARN, subject, seen, wayOut);
    }

    static Finding fail(String subject, String seen, String wayOut) {
        return new Finding(Level.FAIL, subject, seen, wayOut);
    }

    /** {@return one line} */
    @Override
    public String toString() {
        String line = "%-4s  %-18s  %s.".formatted(level, subject, seen);
        return wayOut.isEmpty() ? line : line + " " + wayOut + ".";
    }
}
