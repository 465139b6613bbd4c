package dev.mooring.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that a connection opened: device and number tell them from others of the same name. In WAL mode SQLite does not
 * look for that itself, so what is written to a deleted file is lost without an error. For the connection's thread.
 */
final class OpenedFile {

    private static final Object ABSENT = "absent";

    private final Path file;
    private final @Nullable Object key;
    private final Companion wal;
    private final Companion shm;

    OpenedFile(Path file, @Nullable Object key) {
        this.file = file;
        this.key = key;
        this.wal = new Companion(Path.of(file + "-wal"));
        this.shm = new Companion(Path.of(file + "-shm"));
    }

    /** Remembers the files of the write-ahead log, if there is one. To be called once SQLite has read the file. */
    void rememberLog() {
        wal.remember();
        shm.remember();
    }

    void forgetLog() {
        wal.key = null;
        shm.key = null;
    }

    /** {@return whether a file of the write-ahead log is not the one that was opened} */
    boolean hasLostLog() {
        return wal.isLost() || shm.isLost();
    }

    boolean isReplaced() {
        return !Objects.equals(key, key(file));
    }

    /** {@return which file is not the one that was opened, and why; empty if all are} */
    Optional<String> loss() {
        if (isReplaced()) {
            return Optional.of(loss(file));
        }
        return wal.isLost()
                ? Optional.of(loss(wal.path))
                : shm.isLost() ? Optional.of(loss(shm.path)) : Optional.empty();
    }

    private static String loss(Path path) {
        return "%s was %s".formatted(path, ABSENT.equals(key(path)) ? "deleted or moved" : "replaced");
    }

    /** {@return what tells this file from another of the same name; null where files have no such key} */
    static @Nullable Object key(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return ABSENT;
        } catch (IOException e) {
            return e.getClass();
        }
    }

    static boolean isAbsent(@Nullable Object key) {
        return ABSENT.equals(key);
    }

    private static final class Companion {
        private final Path path;
        private @Nullable Object key;

        Companion(Path path) {
            this.path = path;
        }

        void remember() {
            Object now = key(path);
            key = isAbsent(now) ? null : now;
        }

        boolean isLost() {
            return key != null && !key.equals(key(path));
        }
    }
}
