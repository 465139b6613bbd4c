package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlMigrationsTest {

    private static final String SECOND = """
        -- Adds prices. See: the shop
        -- depends: shop.0001_initial, auth.__first__
        -- run-before: report.0001_initial
        -- replaces: shop.0002_old
        -- atomic: false
        -- initial: true

        ALTER TABLE product ADD COLUMN price integer;
        -- depends on nothing else
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
        -- Depends : shop             | 'shop' is no migration
        -- ATOMIC: no                   | atomic is true or false, not 'no'
        -- depends on: shop.0001_a      | this is nearly a setting
        -- Dependencies: shop.0001_a    | this is nearly a setting
        -- run before: shop.0001_a      | this is nearly a setting
        -- atomic = false               | this is nearly a setting
        /* depends: shop.0001_a */      | this is nearly a setting
        -- depends shop.0001_initial    | write a colon
        -- Atomic false                 | write a colon
        -- colour: red                  | there is no setting 'colour', only depends
        --- atomic: false               | this is nearly a setting
        ---- Depends: shop.0001_a       | this is nearly a setting
        -- - atomic: false              | this is nearly a setting
        -- * initial: true              | this is nearly a setting
        -- @atomic: false               | this is nearly a setting
        -- [atomic: false]              | this is nearly a setting
        -- === atomic: false ===        | this is nearly a setting
        -- "atomic": false              | this is nearly a setting
        -- mooring: atomic=false        | there is no setting 'mooring'
        -- Transaction: false           | this is nearly a setting
        -- Atmoic: FALSE                | this is nearly a setting
        -- Runs in a transaction: no    | this is nearly a setting
        -- Requires: shop.0001_initial  | this is nearly a setting
        -- depends-on-all: a.0001_b     | there is no setting 'depends-on-all'
        -- See also: auth.__first__, a.0002_b | this is nearly a setting
        -- ATOMIC -> false              | this is nearly a setting
        -- not atomic                   | this is nearly a setting
        -- non-atomic                   | this is nearly a setting
        -- no transaction               | this is nearly a setting
        -- +goose NO TRANSACTION        | this is nearly a setting
        """)
    void namesFileAndLine(String text, String complaint) throws IOException {
        write("0001_initial.sql", "-- Top\n" + text);

        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory))
                .withMessageContaining("0001_initial.sql:2: ")
                .withMessageContaining(complaint);
    }

    @ParameterizedTest
    @Tag("wrong-answers")
    @CsvSource({
        "-- atomic: false, -- atomic: false",
        "-- atomic: false, --Atomic:true",
        "-- initial: true, -- initial: true",
        "-- initial: false, -- INITIAL : true"
    })
    @DisplayName("A setting that is true or false stands in a file once, so that none contradicts another")
    void refusesASecondFlag(String first, String second) throws IOException {
        write("0001_initial.sql", first + "\n-- depends: a.0001_b\n" + second + "\nSELECT 1;");

        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory))
                .withMessageContainingAll("0001_initial.sql:3: ", "line 1", "leave one");
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("Several lines of migrations add up")
    void addsUpDependencies() throws IOException {
        write(
                "0002_more.sql",
                "-- depends: shop.0001_initial\n-- Depends:auth.0001_initial\n--atomic:false\nSELECT 1;");

        Migration migration = SqlMigrations.inDirectory("shop", directory).get(0);
        assertThat(migration.dependencies()).hasToString("[shop.0001_initial, auth.0001_initial]");
        assertThat(migration.isAtomic()).isFalse();
    }

    @ParameterizedTest
    @Tag("wrong-answers")
    @ValueSource(
            strings = {
                "0003_foo.SQL",
                "0003_foo.Sql",
                "0003-foo.sql",
                "0003 foo.sql",
                "0003.foo.sql",
                "0003_foo.up.sql",
                "0003_foo.sql.txt",
                "0003_foo.sql ",
                "0003_foo.psql",
                "0003_foo.ddl",
                "0003_foo",
                "3-foo",
                ".0003_foo.sql",
                "more/0003_foo.sql",
                "more/deeper/0003_foo.SQL",
                "été.sql"
            })
    @DisplayName(
            "A file that is probably meant as a migration, and would not be found, is an error that says what to do")
    void refusesFilesThatWouldNotBeFound(String file) throws IOException {
        write("db/0001_initial.sql", "SELECT 1;");
        write("db/" + file, "SELECT 1;");
        Path jar = directory.resolve("a.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "db/", "");
            put(zip, "db/" + file, "SELECT 1;");
        }

        String name = file.substring(file.lastIndexOf('/') + 1);
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory.resolve("db")))
                .withMessageContainingAll(name, file.contains("/") ? "move it" : "name it");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThatExceptionOfType(BadMigrationException.class)
                    .isThrownBy(() -> SqlMigrations.onClassPath("shop", loader, "db"))
                    .withMessageContainingAll(name, file.contains("/") ? "move it" : "name it");
        }
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("Drafts, backups, data and documents beside the migrations are passed over, and any number is a name")
    void passesOverOtherFiles() throws IOException {
        for (String file : List.of(
                "_draft.sql",
                "~draft.sql",
                "._0001_initial.sql",
                ".0001_initial.sql.swp",
                "0001_initial.sql~",
                "0001_initial.sql.bak",
                "0001_initial.sql.orig",
                "0001_data.csv",
                "README",
                "notes.txt",
                "_old/0001_initial.sql",
                "data/rows.csv")) {
            write(file, "?");
        }
        write("3_foo.sql", "SELECT 1;");
        write("first.sql", "SELECT 1;");

        assertThat(SqlMigrations.inDirectory("shop", directory)).hasToString("[shop.3_foo, shop.first]");
    }

    @Test
    void refusesWhatItCannotRead() throws IOException {
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory.resolve("nowhere")))
                .withMessageContaining("nowhere");

        Files.write(directory.resolve("0001_initial.sql"), new byte[] {'-', '-', (byte) 0xe9});
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory))
                .withMessageContaining("0001_initial.sql:1: is not UTF-8");

        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)) {
            Files.write(directory.resolve("0001_initial.sql"), "SELECT 1;\n".getBytes(charset));
            assertThatExceptionOfType(BadMigrationException.class)
                    .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory))
                    .withMessageContaining("0001_initial.sql:1: ")
                    .withMessageContaining("save the file as UTF-8");
        }

        Files.delete(directory.resolve("0001_initial.sql"));
        write("0001 initial.sql", "");
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlMigrations.inDirectory("shop", directory))
                .withMessageContaining("0001 initial.sql: name it");
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("The settings of a file are found behind a licence, in capitals, and whatever ends the lines")
    void readsSettingsBehindALicence() throws IOException {
        String text = """
            /*
             * Copyright: ACME. See: https://example.org/licence
             */

            -- http://www.apache.org/licenses/LICENSE-2.0
            --     Note: for all shops
            -- DEPENDS: auth.0001_initial
            --Atomic : FALSE
            SELECT 1;
            """;
        for (String lineEnd : List.of("\n", "\r\n", "\r")) {
            write("0001_initial.sql", "\uFEFF" + text.replace("\n", lineEnd));
            Migration migration = SqlMigrations.inDirectory("shop", directory).get(0);

            assertThat(migration.dependencies()).hasToString("[auth.0001_initial]");
            assertThat(migration.isAtomic()).isFalse();
        }
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("Files are read in any file system of Java's, and on a class path in one")
    void readsAnyFileSystem() throws IOException {
        Path zip = directory.resolve("files.zip");
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path folder = Files.createDirectories(files.getPath("/db/shop"));
            Files.writeString(folder.resolve("0001_initial.sql"), "SELECT 1;");

            assertThat(SqlMigrations.inDirectory("shop", folder)).hasToString("[shop.0001_initial]");
        }
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
