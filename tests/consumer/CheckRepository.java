import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks a directory that {@code mvn -Prelease deploy} has filled: {@code java CheckRepository.java DIRECTORY DEPENDENCIES}.
 * It holds the BOM and what the BOM names, each with what Maven Central demands and with the dependencies of the list, and
 * nothing else.
 */
final class CheckRepository {

    private static final String GROUP = "dev.mooring";
    private static final List<String> DEMANDED =
            List.of("groupId", "artifactId", "version", "name", "description", "url", "licenses", "developers", "scm");
    private static final List<String> REFUSED =
            List.of("parent", "properties", "build", "profiles", "repositories", "distributionManagement", "modules");

    private final Path repository;
    private final List<String> faults = new ArrayList<>();
    private final List<String> dependencies = new ArrayList<>();

    private CheckRepository(Path repository) {
        this.repository = repository;
    }

    public static void main(String[] args) throws Exception {
        CheckRepository check = new CheckRepository(Path.of(args[0]));
        int artifacts = check.checkAll(Files.readAllLines(Path.of(args[1])));
        check.faults.forEach(System.err::println);
        if (!check.faults.isEmpty()) {
            System.exit(1);
        }
        System.out.println(artifacts + " artifacts are complete");
    }

    private int checkAll(List<String> expectedDependencies) throws Exception {
        Set<String> published = new TreeSet<>();
        for (Path directory : list(repository.resolve(GROUP.replace('.', '/')))) {
            if (Files.isDirectory(directory)) {
                published.add(directory.getFileName().toString());
                checkArtifact(directory);
            }
        }
        Set<String> expected = managed(file(repository.resolve("dev/mooring/mooring-bom"), ".pom"));
        expected.add("mooring-bom");
        expect(published.equals(expected), "Published are %s, but the BOM names %s".formatted(published, expected));
        for (Path other : list(repository.resolve("dev"))) {
            expect(other.endsWith("mooring"), "Not Mooring's: " + other);
        }
        Set<String> added = new TreeSet<>(dependencies);
        Set<String> missing = new TreeSet<>(expectedDependencies);
        expectedDependencies.forEach(added::remove);
        dependencies.forEach(missing::remove);
        expect(added.isEmpty(), "Dependencies that the list does not have: " + added);
        expect(missing.isEmpty(), "Dependencies of the list that the poms do not have: " + missing);
        return published.size();
    }

    private void checkArtifact(Path directory) throws Exception {
        Element pom = parse(file(directory, ".pom"));
        String artifact = text(pom, "artifactId");
        checkPom(artifact, pom);
        if (!"pom".equals(text(pom, "packaging"))) {
            checkJar(artifact, file(directory, ".jar"));
            checkLicense(file(directory, "-sources.jar"));
            file(directory, "-javadoc.jar");
            String sbom = Files.readString(file(directory, "-cyclonedx.json"));
            expect(sbom.contains("\"" + artifact + "\""), artifact + ": an SBOM of something else");
        }
        for (Path file : list(versionOf(directory))) {
            checkDigests(file);
        }
    }

    private void checkPom(String artifact, Element pom) {
        for (String name : DEMANDED) {
            expect(!text(pom, name).isBlank(), artifact + ": the pom has no " + name);
        }
        for (String name : REFUSED) {
            expect(child(pom, name) == null, artifact + ": the pom has " + name);
        }
        expect(!pom.getTextContent().contains("${"), artifact + ": the pom refers to a property");
        for (Element dependency : dependenciesIn(pom)) {
            String name = text(dependency, "groupId") + ":" + text(dependency, "artifactId");
            expect(!text(dependency, "version").isBlank(), artifact + ": no version of " + name);
            boolean own = text(dependency, "groupId").equals(GROUP);
            expect(
                    !own || text(dependency, "version").equals(text(pom, "version")),
                    artifact + ": another version of " + name);
            dependencies.add(artifact + " " + name + " " + text(dependency, "scope")
                    + (text(dependency, "optional").equals("true") ? " optional" : ""));
        }
    }

    /** A class-path user finds a backend by META-INF/services, one on the module path by the descriptor: they must agree. */
    private void checkJar(String artifact, Path file) throws IOException {
        checkLicense(file);
        try (JarFile jar = new JarFile(file.toFile())) {
            String automatic = jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
            boolean module = jar.getEntry("module-info.class") != null;
            expect(module != (automatic != null), artifact + ": neither a module nor an automatic one with a name");
            if (!module) {
                return;
            }
            try (InputStream descriptor = jar.getInputStream(jar.getEntry("module-info.class"))) {
                for (ModuleDescriptor.Provides provides :
                        ModuleDescriptor.read(descriptor).provides()) {
                    String services = content(jar, "META-INF/services/" + provides.service());
                    expect(
                            services.lines().toList().equals(provides.providers()),
                            artifact + ": META-INF/services and module-info differ for " + provides.service());
                }
            }
        }
    }

    private void checkLicense(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            expect(content(jar, "META-INF/LICENSE").contains("Apache License"), file + ": no licence");
        }
    }

    private void checkDigests(Path file) throws IOException, GeneralSecurityException {
        String name = file.getFileName().toString();
        if (name.matches(".*\\.(md5|sha1|asc)")) {
            return;
        }
        for (String algorithm : List.of("MD5", "SHA-1")) {
            Path digest =
                    file.resolveSibling(name + "." + algorithm.toLowerCase().replace("-", ""));
            String actual = HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
            expect(
                    Files.exists(digest) && Files.readString(digest).strip().equals(actual),
                    "Wrong or missing: " + digest);
        }
    }

    private static String content(JarFile jar, String name) throws IOException {
        if (jar.getEntry(name) == null) {
            return "";
        }
        try (InputStream entry = jar.getInputStream(jar.getEntry(name))) {
            return new String(entry.readAllBytes(), UTF_8);
        }
    }

    private static Set<String> managed(Path bom) throws Exception {
        Set<String> names = new HashSet<>();
        for (Element dependency : dependenciesIn(child(parse(bom), "dependencyManagement"))) {
            names.add(text(dependency, "groupId").equals(GROUP) ? text(dependency, "artifactId") : "another's");
        }
        return new TreeSet<>(names);
    }

    private Path versionOf(Path artifact) throws IOException {
        List<Path> versions = list(artifact).stream().filter(Files::isDirectory).toList();
        if (versions.size() != 1) {
            throw new IllegalStateException("One version is expected in " + artifact + ", not " + versions);
        }
        return versions.get(0);
    }

    /** The artifact's only file with that suffix behind its name and version, which has digits only if it is a snapshot. */
    private Path file(Path artifact, String suffix) throws IOException {
        String name = artifact.getFileName() + "-[0-9][-.0-9A-Z]*" + suffix.replace(".", "\\.");
        List<Path> files = list(versionOf(artifact)).stream()
                .filter(file -> file.getFileName().toString().matches(name))
                .toList();
        if (files.size() != 1) {
            throw new IllegalStateException("One *" + suffix + " is expected in " + artifact + ", not " + files);
        }
        return files.get(0);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static Element parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }

    private static List<Element> dependenciesIn(Element parent) {
        List<Element> found = new ArrayList<>();
        Element list = child(parent, "dependencies");
        for (Node node = list == null ? null : list.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element dependency) {
                found.add(dependency);
            }
        }
        return found;
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }

    private static String text(Element parent, String name) {
        Element element = child(parent, name);
        return element == null ? "" : element.getTextContent().strip();
    }

    private void expect(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
