package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlMigrationsTest {

    private static final String SECOND = """
            -- Adds prices. See: the shop
            -- depends: shop.0001_initial, auth.__first__
            -- run-before: report.0001_initial
            -- replaces: shop.0002_old
            -- atomic: false
            -- initial: true

            ALTER TABLE product ADD COLUMN price integer;
            -- depends: not read here
            -- reverse
            ALTER TABLE product DROP COLUMN price;
            """;

    @TempDir
    private Path directory;

    @Test
    void readsADirectory() throws IOException {
        write("0002_add_price.sql", SECOND);
        write("0001_initial.sql", "CREATE TABLE product (id integer);");
        write("_draft.sql", "?");
        write("notes.txt", "?");

        List<Migration> migrations = SqlMigrations.inDirectory("shop", directory);

        assertThat(migrations).hasToString("[shop.0001_initial, shop.0002_add_price]");
        Migration second = migrations.get(1);
        assertThat(second.dependencies()).hasToString("[shop.0001_initial, auth.__first__]");
        assertThat(second.runBefore()).hasToString("[report.0001_initial]");
        assertThat(second.replaces()).hasToString("[shop.0002_old]");
        assertThat(second.isAtomic()).isFalse();
        assertThat(second.isInitial()).isTrue();
        assertThat(second.operations().get(0).isReversible()).isTrue();
        assertThat(migrations.get(0).operations().get(0).isReversible()).isFalse();
    }

    @Test
    void readsTheClassPathInDirectoriesAndJars() throws IOException {
        write("db/shop/0001_initial.sql", "SELECT 1;");
        Path jar = directory.resolve("shop one.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            put(zip, "db/shop/", "");
            put(zip, "db/shop/0002_add_price.sql", SECOND);
            put(zip, "db/shop/deeper/0003_no.sql", "SELECT 1;");
            put(zip, "db/shopping/0003_no.sql", "SELECT 1;");
        }
        URL[] places = {directory.toUri().toURL(), jar.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(places, null)) {
            assertThat(SqlMigrations.onClassPath("shop", loader, "db/shop"))
                    .hasToString("[shop.0001_initial, shop.0002_add_price]");
            assertThatExceptionOfType(BadMigrationException.class)
                    .isThrownBy(() -> SqlMigrations.onClassPath("shop", loader, "db/shoe"))
                    .withMessageContainingAll("db/shoe", "'shop'");
        }
    }

    @Test
    void refusesTheSameFileInTwoPlaces() throws IOException {
        write("one/db/0001_initial.sql", "SELECT 1;");
        write("two/db/0001_initial.sql", "SELECT 1;");
        URL[] places = {
            directory.resolve("one").toUri().toURL(),
            directory.resolve("two").toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(places, null)) {
            assertThatExceptionOfType(BadMigrationException.class)
                    .isThrownBy(() -> SqlMigrations.onClassPath("shop", loader, "db"))
                    .withMessageContaining("two files 0001_initial.sql");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -- depend: shop.0001_initial    | there is no setting 'depend', only depends
            -- depends: 0001_initial        | '0001_initial' is no migration
            -- depends: shop.0001_initial,  | '' is no migration
            -- atomic: no                   | atomic is true or false, not 'no'
            SELECT 'a                       | the quote ' that begins here has no end
            """)
    void namesFileAndLine(String text, String complaint) throws IOException {
        write("0001_initial.sql", "-- Top\n" + text);

        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory))
                .withMessageContaining("0001_initial.sql:2: ")
                .withMessageContaining(complaint);
    }

    @Test
    void refusesWhatItCannotRead() throws IOException {
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory.resolve("nowhere")))
                .withMessageContaining("nowhere");

        Files.write(directory.resolve("0001_initial.sql"), new byte[] {'-', '-', (byte) 0xe9});
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory))
                .withMessageContaining("0001_initial.sql: is not UTF-8");

        Files.delete(directory.resolve("0001_initial.sql"));
        write("0001 initial.sql", "");
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory))
                .withMessageContaining("0001 initial.sql: name it");
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
