package dev.mooring.demo;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that a test runs. Where one is missing, the test says so by name. */
public final class Installed {

    private Installed() {}

    /** {@return the program; not to be had where it is missing, for the test is then aborted} */
    public static Path program(String name, String debianPackage) {
        Optional<Path> found = Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            StackTraceElement test = Thread.currentThread().getStackTrace()[2];
            String message = "NOT RUN: " + test.getClassName() + "." + test.getMethodName() + ": there is no " + name
                    + " (Debian's " + debianPackage + ")";
            System.err.println(message);
            abort(message);
        }
        return found.orElseThrow();
    }
}
