package dev.mooring.benchmarks.rival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where databases are kept while they are measured: on a disk, or a commit that is said to be safe costs nothing. */
public final class WorkDirectory {

    /** The system property that names it. */
    public static final String PROPERTY = "benchmarks.directory";

    private WorkDirectory() {}

    /** {@return the directory, which is there} */
    public static Path path() throws IOException {
        return Files.createDirectories(
                Path.of(System.getProperty(PROPERTY, "target/benchmarks")).toAbsolutePath());
    }

    /** {@return the kind of file system that it is on, such as {@code ext4} or {@code tmpfs}} */
    public static String fileSystem() throws IOException {
        return Files.getFileStore(path()).type();
    }
}
