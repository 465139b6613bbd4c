package dev.mooring.benchmarks.rival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A new SQLite database in a file that is deleted at the end.
 *
 * @param path the file
 * @param synchronous NORMAL or FULL
 */
public record SqliteFile(Path path, String synchronous) implements Place {

    /** {@return a file in the directory that {@link WorkDirectory} names} */
    public static SqliteFile create(String synchronous) throws IOException {
        Path directory = Files.createTempDirectory(WorkDirectory.path(), "sqlite");
        return new SqliteFile(directory.resolve("benchmark.db"), synchronous);
    }

    @Override
    public Target target() {
        return Target.sqlite(path, synchronous);
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
