package dev.mooring.demo.check;

import java.util.Arrays;

/** A version of the SQLite library. */
record SqliteVersion(int major, int minor, int patch) implements Comparable<SqliteVersion> {

    static final String SAFE = "3.51.3, 3.50.7 or 3.44.6";

    static SqliteVersion of(String text) {
        int[] parts = Arrays.stream(text.strip().split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
        return new SqliteVersion(parts[0], parts[1], parts.length > 2 ? parts[2] : 0);
    }

    /** {@return whether it can corrupt a file in WAL mode when the log is reset while two connections write or checkpoint} */
    boolean hasWalResetBug() {
        boolean inRange = compareTo(new SqliteVersion(3, 7, 0)) >= 0 && compareTo(new SqliteVersion(3, 51, 3)) < 0;
        boolean mended = (minor == 50 && patch >= 7) || (minor == 44 && patch >= 6);
        return inRange && !mended;
    }

    @Override
    public int compareTo(SqliteVersion other) {
        return Arrays.compare(new int[] {major, minor, patch}, new int[] {other.major, other.minor, other.patch});
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
