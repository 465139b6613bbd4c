package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A SQLite file in a fresh temporary directory; {@link #close()} deletes both. */
final class EmbeddedSqlite implements Target {

    private static final String FILE = "demo.db";

    private final Path directory;

    private EmbeddedSqlite(Path directory) {
        this.directory = directory;
    }

    static EmbeddedSqlite create() {
        try {
            EmbeddedSqlite created = new EmbeddedSqlite(Files.createTempDirectory("mooring-"));
            created.deleteAtExit();
            return created;
        } catch (IOException e) {
            throw new ImproperlyConfiguredException(
                    "no temporary directory can be made in '%s' (%s); name another with -Djava.io.tmpdir=DIRECTORY"
                            .formatted(System.getProperty("java.io.tmpdir"), e),
                    e);
        }
    }

    /** For when the process is told to end before {@link #close()}. The JVM deletes in the opposite order. */
    private void deleteAtExit() {
        directory.toFile().deleteOnExit();
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
            directory.resolve(FILE + suffix).toFile().deleteOnExit();
        }
    }

    private Path file() {
        return directory.resolve(FILE);
    }

    @Override
    public DatabaseSettings settings() {
        return DatabaseSettings.builder(DatabaseSettings.DEFAULT_ALIAS)
                .engine("sqlite3")
                .name(file().toString())
                .build();
    }

    @Override
    public boolean isTemporary() {
        return true;
    }

    @Override
    public ServerView watch(String applicationName) {
        return new OpenDescriptors(file());
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> toDelete = files.toList();
            for (Path file : toDelete) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
