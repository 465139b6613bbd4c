package dev.mooring.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Figures of core's structure. As a program it prints those of any checkout: {@code StructureReport <root> <compiled classes of
 * core>}.
 */
final class StructureReport {

    static final String HOLDERS = "internal classes with a field of type Database or DatabaseWrapper";
    static final String LONG_CONSTRUCTORS = "constructors with more than 4 parameters";
    static final String FINAL_SHARE = "percent of them final";

    private static final int MANY_PARAMETERS = 4;
    private static final Set<String> PUBLIC_HANDLES = Set.of("dev.mooring.Database", "dev.mooring.DatabaseWrapper");

    private final JavaClasses core;
    private final Map<String, Long> figures = new LinkedHashMap<>();

    private StructureReport(JavaClasses core) {
        this.core = core;
    }

    public static void main(String[] arguments) throws IOException {
        print(figures(Path.of(arguments[0]), Path.of(arguments[1])));
    }

    static void print(Map<String, Long> figures) {
        figures.forEach((what, figure) -> System.out.printf("%8d  %s%n", figure, what));
    }

    /** {@return the figures by what they count} */
    static Map<String, Long> figures(Path root, Path classes) throws IOException {
        StructureReport report = new StructureReport(imported(classes));
        report.countFiles();
        report.countMembers();
        report.figures.put("lines of core's sources", lines(root.resolve("core/src/main")));
        report.figures.put("lines of main sources of all modules", lines(root, "src/main"));
        report.figures.put("lines of tests of all modules", lines(root, "src/test"));
        return report.figures;
    }

    private static JavaClasses imported(Path classes) throws IOException {
        if (Files.isDirectory(classes)) {
            return new ClassFileImporter().importPath(classes);
        }
        try (JarFile jar = new JarFile(classes.toFile())) {
            return new ClassFileImporter().importJar(jar);
        }
    }

    private void countFiles() {
        files().forEach((name, count) -> figures.put("files in " + name, count));
        Collection<Set<String>> cycles = FileCycles.among(core, type -> core.contain(type.getName()));
        figures.put(
                "files in import cycles", cycles.stream().mapToLong(Set::size).sum());
        figures.put(
                "files in the largest import cycle",
                cycles.stream().mapToLong(Set::size).max().orElse(0));
    }

    private void countMembers() {
        figures.put(
                HOLDERS,
                core.stream()
                        .filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> type.getFields().stream()
                                .anyMatch(field -> PUBLIC_HANDLES.contains(
                                        field.getRawType().getName())))
                        .count());
        figures.put(
                LONG_CONSTRUCTORS,
                core.stream()
                        .filter(type -> !type.isRecord() && !type.isEnum())
                        .flatMap(type -> type.getConstructors().stream())
                        .filter(constructor ->
                                constructor.getRawParameterTypes().size() > MANY_PARAMETERS)
                        .count());
        List<JavaField> fields = core.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .toList();
        long fixed = fields.stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.FINAL))
                .count();
        figures.put("instance fields", (long) fields.size());
        figures.put(FINAL_SHARE, Math.round(100.0 * fixed / fields.size()));
    }

    /** {@return the number of top-level classes of each package} */
    private Map<String, Long> files() {
        return core.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
    }

    private static long lines(Path root, String kind) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> path.endsWith(Path.of(kind)) && Files.isDirectory(path))
                    .filter(path -> !path.toString().contains("target"))
                    .mapToLong(StructureReport::lines)
                    .sum();
        }
    }

    private static long lines(Path sources) {
        try (Stream<Path> paths = Files.walk(sources)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .mapToLong(StructureReport::linesOf)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long linesOf(Path file) {
        try (Stream<String> all = Files.lines(file)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
