package dev.mooring.benchmarks.rival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A new SQLite database in a file that is deleted at the end.
 *
 * @param path the file
 * @param synchronous NORMAL or FULL
 * @param initialSql what a new connection begins with; empty for nothing
 */
public record SqliteFile(Path path, String synchronous, String initialSql) implements Place {

    /** {@return a file in the directory that {@link WorkDirectory} names} */
    public static SqliteFile create(String synchronous, String initialSql) throws IOException {
        Path directory = Files.createTempDirectory(WorkDirectory.path(), "sqlite");
        return new SqliteFile(directory.resolve("benchmark.db"), synchronous, initialSql);
    }

    /** {@return the size of the write-ahead log, in bytes} */
    public long logSize() throws IOException {
        return Files.size(path.resolveSibling(path.getFileName() + "-wal"));
    }

    @Override
    public Target target() {
        return Target.sqlite(path, synchronous, initialSql);
    }

    @Override
    public void close() throws IOException {
        for (String suffix : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + suffix));
        }
        Path directory = path.getParent();
        if (directory != null) {
            Files.deleteIfExists(directory);
        }
    }
}
