package dev.mooring.kit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** How many sessions the database itself sees of this process: the count that a pool cannot get wrong. */
@FunctionalInterface
public interface ServerCount {

    /**
     * What a database sees.
     *
     * @param open sessions
     * @param inTransaction those of them that are in a transaction and do nothing
     */
    record Sessions(int open, int inTransaction) {}

    /** {@return the sessions now} */
    Sessions now();

    /**
     * {@return the count of how often this process has {@code file} open} For databases that are a file. Always none on a
     * system without {@code /proc/self/fd}.
     */
    static ServerCount descriptorsOf(Path file) {
        requireNonNull(file, "file");
        return () -> new Sessions(OpenDescriptors.of(file), 0);
    }
}
