package dev.mooring.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts the descriptors that this process has open, where the system tells. */
final class OpenDescriptors {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OpenDescriptors() {}

    static int of(Path file) {
        if (!Files.isDirectory(DESCRIPTORS) || !Files.exists(file)) {
            return 0;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            Path wanted = file.toRealPath();
            int count = 0;
            for (Path descriptor : descriptors) {
                count += leadsTo(descriptor, wanted) ? 1 : 0;
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean leadsTo(Path descriptor, Path wanted) {
        try {
            return Files.readSymbolicLink(descriptor).equals(wanted);
        } catch (IOException e) {
            // Closed since it was listed.
            return false;
        }
    }
}
