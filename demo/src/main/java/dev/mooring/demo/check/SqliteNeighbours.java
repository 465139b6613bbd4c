package dev.mooring.demo.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The other processes of this machine that have a file open, and the SQLite library in each: found in Linux's {@code /proc}, as far
 * as the user may look at them. Nothing is seen on other systems.
 */
final class SqliteNeighbours {

    private static final Path PROCESSES = Path.of("/proc");
    private static final long LARGEST_LIBRARY = 200_000_000;

    /** In each library, whatever program it is part of. */
    private static final String MAGIC = "SQLite format 3\0";

    private static final Pattern VERSION = Pattern.compile("\0(3\\.[0-9]{1,2}\\.[0-9]{1,2})\0");
    private static final Pattern EXECUTABLE_MAPPING = Pattern.compile("\\S+ ..x. \\S+ \\S+ \\d+\\s+(/.*)");

    /**
     * A process that has the file open.
     *
     * @param name the program and the number of the process
     * @param library the version of its SQLite library; empty if that could not be found
     */
    record Neighbour(String name, Optional<SqliteVersion> library) {}

    private SqliteNeighbours() {}

    /** {@return the processes beside this one that have {@code file} open, by their numbers} */
    static List<Neighbour> of(Path file) {
        long own = ProcessHandle.current().pid();
        return children(PROCESSES)
                .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                .filter(process -> Long.parseLong(process.getFileName().toString()) != own)
                .filter(process -> hasOpen(process, file))
                .map(process -> new Neighbour(name(process), library(process)))
                .toList();
    }

    private static boolean hasOpen(Path process, Path file) {
        return children(process.resolve("fd")).anyMatch(descriptor -> {
            try {
                return Files.isSameFile(descriptor, file);
            } catch (IOException e) { // closed meanwhile, no file, or not ours to look at
                return false;
            }
        });
    }

    private static String name(Path process) {
        String number = process.getFileName().toString();
        try {
            return Files.readString(process.resolve("comm")).strip() + " (process " + number + ")";
        } catch (IOException e) {
            return "process " + number;
        }
    }

    private static Optional<SqliteVersion> library(Path process) {
        try (Stream<String> mappings = Files.lines(process.resolve("maps"), ISO_8859_1)) {
            // By the process's own root, which in a container is another one.
            return mappings.map(EXECUTABLE_MAPPING::matcher)
                    .filter(Matcher::matches)
                    .map(mapping -> process.resolve("root/." + mapping.group(1)))
                    .distinct()
                    .map(SqliteNeighbours::version)
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<SqliteVersion> version(Path file) {
        try {
            if (Files.size(file) > LARGEST_LIBRARY) {
                return Optional.empty();
            }
            String content = new String(Files.readAllBytes(file), ISO_8859_1);
            Matcher version = VERSION.matcher(content);
            return content.contains(MAGIC) && version.find()
                    ? Optional.of(SqliteVersion.of(version.group(1)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Stream<Path> children(Path directory) {
        List<Path> children = new ArrayList<>();
        try (var paths = Files.newDirectoryStream(directory)) {
            paths.forEach(children::add);
        } catch (IOException | RuntimeException e) { // the process has ended, or is not ours to look at
            return Stream.empty();
        }
        return children.stream().sorted();
    }
}
