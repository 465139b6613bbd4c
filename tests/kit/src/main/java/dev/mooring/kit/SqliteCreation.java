package dev.mooring.kit;

import dev.mooring.config.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files in a directory of their own; one that is to be kept lies beside the configured file. */
final class SqliteCreation implements DatabaseCreation {

    private final DatabaseSettings configured;
    private final Path file;
    private @Nullable Path directory;

    SqliteCreation(DatabaseSettings configured) {
        this.configured = configured;
        this.file = Path.of(configured.name());
    }

    @Override
    public String defaultName() {
        return "test_" + file.getFileName();
    }

    @Override
    public DatabaseSettings create(String name, boolean keep) {
        try {
            directory = Files.createTempDirectory("mooring-test-");
            Path created = keep ? file.resolveSibling(name) : directory.resolve(name);
            if (!Files.exists(created)) {
                // It is copied although nobody may ever have connected to it.
                Files.createFile(created);
            }
            return at(created);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In WAL mode the last to close has written everything into the file. */
    @Override
    public DatabaseSettings copy(DatabaseSettings original, String name) {
        try {
            return at(Files.copy(Path.of(original.name()), present().resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void drop(DatabaseSettings database) {
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
            delete(Path.of(database.name() + suffix));
        }
    }

    @Override
    public void close() {
        if (directory != null) {
            delete(directory);
        }
    }

    private Path present() {
        if (directory == null) {
            throw new IllegalStateException("Nothing was created yet that could be copied");
        }
        return directory;
    }

    private DatabaseSettings at(Path path) {
        return configured.toBuilder().name(path.toString()).build();
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
