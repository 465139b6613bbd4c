package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ResolvedModule;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Migrations written as SQL: a folder for each app, in it a file for each migration, named like
 * {@code 0002_add_price.sql}. Files and folders whose names begin with {@code _}, {@code ~} or a dot are passed over; other files
 * that are probably meant as migrations, such as {@code 0002-add-price.sql}, {@code 0002_add_price.SQL} or one in a subfolder, are
 * errors.
 *
 * <pre>{@code
 * -- depends: shop.0001_initial
 * ALTER TABLE product ADD COLUMN price integer NOT NULL DEFAULT 0;
 *
 * -- reverse
 * ALTER TABLE product DROP COLUMN price;
 * }</pre>
 *
 * <p>What follows the line {@code -- reverse} undoes the migration; without that line it cannot be undone. Other settings
 * at the top are {@code run-before}, {@code replaces}, {@code atomic} and {@code initial}.
 */
public final class SqlMigrations {

    private static final String SUFFIX = ".sql";

    private SqlMigrations() {}

    /**
     * {@return the migrations in a directory, sorted by name}
     *
     * @throws BadMigrationException if there is no such directory, or a file is not UTF-8 or has a wrong
     *     setting at its top, naming file and line; its SQL is read when a {@link MigrationExecutor} is made
     */
    public static List<Migration> inDirectory(String app, Path directory) {
        requireNonNull(app, "app");
        SortedMap<String, byte[]> files = new TreeMap<>();
        readDirectory(directory, files);
        return migrations(app, directory.toString(), files);
    }

    /**
     * {@return the migrations in a folder of the class path or the module path, sorted by name: from directories, jars and the
     * image that jlink makes}
     *
     * @param folder such as {@code migrations/shop}
     * @throws BadMigrationException if there is no such folder, or a file is not UTF-8 or has a wrong
     *     setting at its top, naming file and line; its SQL is read when a {@link MigrationExecutor} is made
     */
    public static List<Migration> onClassPath(String app, ClassLoader loader, String folder) {
        requireNonNull(app, "app");
        SortedMap<String, byte[]> files = new TreeMap<>();
        try {
            List<URL> places = Collections.list(loader.getResources(folder));
            boolean found = readImage(loader, folder, files) || !places.isEmpty();
            if (!found) {
                throw new BadMigrationException("There is no folder " + folder + " on the class path, where the"
                        + " migrations of '" + app + "' were to be; jars need an entry for the folder itself");
            }
            for (URL place : places) {
                if (!place.getProtocol().equals("jrt")) {
                    read(place, files);
                }
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return migrations(app, folder, files);
    }

    private static void read(URL place, Map<String, byte[]> files) throws IOException {
        URLConnection connection = place.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            readJar(jar, files);
        } else {
            readDirectory(path(place), files);
        }
    }

    /**
     * Reads the modules in the run-time image that jlink has made: class loaders find files there, but no folders.
     *
     * @return whether one of them has something in that folder
     */
    private static boolean readImage(ClassLoader loader, String folder, Map<String, byte[]> files) {
        boolean found = false;
        for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
            boolean ofImage = module.reference()
                    .location()
                    .map(URI::getScheme)
                    .filter("jrt"::equals)
                    .isPresent();
            Path path = Path.of(URI.create("jrt:/" + module.name())).resolve(folder);
            if (ofImage && isSeen(ModuleLayer.boot().findLoader(module.name()), loader) && Files.isDirectory(path)) {
                readDirectory(path, files);
                found = true;
            }
        }
        return found;
    }

    private static boolean isSeen(@Nullable ClassLoader modules, ClassLoader loader) {
        @Nullable ClassLoader each = loader;
        while (each != null && each != modules) {
            each = each.getParent();
        }
        return each != null && each == modules;
    }

    private static void readJar(JarURLConnection connection, Map<String, byte[]> files) throws IOException {
        String entry = connection.getEntryName();
        String folder = entry.endsWith("/") ? entry : entry + "/";
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry each : Collections.list(jar.entries())) {
                String name = each.getName();
                boolean inside = name.startsWith(folder) && !each.isDirectory();
                if (inside && SqlFileName.isMigration(entry, name.substring(folder.length()))) {
                    try (InputStream in = jar.getInputStream(each)) {
                        put(name.substring(folder.length()), in.readAllBytes(), files);
                    }
                }
            }
        }
    }

    private static void readDirectory(Path directory, Map<String, byte[]> files) {
        readDirectory(directory, "", files);
    }

    /** Of what is in subfolders nothing is a migration: they are looked into for files that are meant to be. */
    private static void readDirectory(Path directory, String within, Map<String, byte[]> files) {
        Path folder = within.isEmpty() ? directory : directory.resolve(within);
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : (Iterable<Path>) list::iterator) {
                // The file system of a zip file has slashes behind folders.
                String name = file.getFileName().toString().replace("/", "");
                boolean deeper = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(file);
                if (deeper && !SqlFileName.isPassedOver(name)) {
                    readDirectory(directory, within + name + "/", files);
                } else if (Files.isRegularFile(file) && SqlFileName.isMigration(directory.toString(), within + name)) {
                    put(name, Files.readAllBytes(file), files);
                }
            }
        } catch (IOException e) {
            throw unreadable(folder.toString(), e);
        }
    }

    private static void put(String file, byte[] text, Map<String, byte[]> files) {
        if (files.put(file, text) != null) {
            throw new BadMigrationException("There are two files " + file + " on the class path; leave one");
        }
    }

    private static List<Migration> migrations(String app, String folder, SortedMap<String, byte[]> files) {
        List<Migration> migrations = new ArrayList<>();
        files.forEach((file, bytes) -> migrations.add(migration(app, folder + "/" + file, file, bytes)));
        return List.copyOf(migrations);
    }

    private static Migration migration(String app, String source, String file, byte[] bytes) {
        String name = file.substring(0, file.length() - SUFFIX.length());
        String text = text(source, bytes);
        return SqlHeader.read(new SqlSource(source, text), Migration.of(app, name))
                .with(new RunSql(source, text, null));
    }

    private static String text(String source, byte[] bytes) {
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        boolean broken = decoder.decode(rest, decoded, true).isError();
        SqlSource text = new SqlSource(source, decoded.flip().toString());
        if (broken) {
            throw text.wrong(text.text().length(), "is not UTF-8; save the file as UTF-8");
        }
        int nul = text.text().indexOf('\0');
        if (nul >= 0) {
            throw text.wrong(nul, "holds a NUL character, as UTF-16 would have; save the file as UTF-8");
        }
        return text.text().startsWith("\uFEFF") ? text.text().substring(1) : text.text();
    }

    private static Path path(URL place) throws IOException {
        try {
            return Path.of(place.toURI());
        } catch (URISyntaxException e) {
            throw new IOException(place.toString(), e);
        } catch (FileSystemNotFoundException | IllegalArgumentException e) {
            throw new BadMigrationException("Migrations in " + place
                    + " cannot be listed, for Java has no file system for that place; use a directory, a jar"
                    + " or a module");
        }
    }

    private static BadMigrationException unreadable(String folder, IOException cause) {
        return new BadMigrationException("The migrations in " + folder + " cannot be read: " + cause);
    }
}
