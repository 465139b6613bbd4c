package dev.mooring.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Violations, compiled apart from everything else, so that they can sit in the very packages that the rules speak of. A
 * seeded {@code DatabaseWrapper} stands in for the real one.
 */
final class SeededViolation {
    private final Path directory;
    private final List<String> files = new ArrayList<>();

    SeededViolation(Path directory) {
        this.directory = directory;
    }

    /** Adds the source of one class, its package first. */
    SeededViolation source(String packageName, String className, String body) {
        Path file = directory.resolve("src/" + packageName.replace('.', '/') + "/" + className + ".java");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "package " + packageName + ";\n" + body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.add(file.toString());
        return this;
    }

    JavaClasses classes() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("The tests need a JDK, this is a JRE: " + System.getProperty("java.home"));
        }
        Path output = directory.resolve("classes");
        String[] arguments = Stream.concat(
                        Stream.of(
                                "-proc:none",
                                "-implicit:none",
                                "-d",
                                output.toString(),
                                "-classpath",
                                System.getProperty("java.class.path")),
                        files.stream())
                .toArray(String[]::new);
        if (compiler.run(null, null, null, arguments) != 0) {
            throw new IllegalStateException(String.format(Locale.ROOT, "The seeded classes do not compile: %s", files));
        }
        return new ClassFileImporter().importPath(output);
    }
}
