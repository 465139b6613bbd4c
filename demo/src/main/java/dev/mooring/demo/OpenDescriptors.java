package dev.mooring.demo;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Counts this process's open descriptors of a database file: one for each SQLite connection. Linux only. */
final class OpenDescriptors implements ServerView {

    private static final Path OPEN = Path.of("/proc/self/fd");

    private final Path file;

    OpenDescriptors(Path file) {
        this.file = file;
    }

    @Override
    public OptionalInt connections() {
        if (!Files.isDirectory(OPEN) || !Files.exists(file)) {
            return OptionalInt.empty();
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(OPEN)) {
            Path real = file.toRealPath();
            int count = 0;
            for (Path link : links) {
                count += pointsTo(link, real) ? 1 : 0;
            }
            return OptionalInt.of(count);
        } catch (IOException | DirectoryIteratorException e) {
            return OptionalInt.empty();
        }
    }

    private static boolean pointsTo(Path link, Path target) {
        try {
            return Files.readSymbolicLink(link).equals(target);
        } catch (IOException e) {
            return false; // closed since it was listed
        }
    }

    @Override
    public String unit() {
        return "open descriptors of the database file";
    }

    @Override
    public Optional<String> command() {
        return Optional.of("ls -l /proc/%d/fd | grep -c '%s$'"
                .formatted(ProcessHandle.current().pid(), file));
    }

    @Override
    public void close() {}
}
