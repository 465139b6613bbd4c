package dev.mooring.demo.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.Installed;
import dev.mooring.demo.check.SqliteNeighbours.Neighbour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@DisplayName("Other processes that have a SQLite file open")
class SqliteNeighboursTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("are found, with the version of their library, and check judges that")
    void found() throws IOException, InterruptedException {
        Path program = Installed.program("sqlite3", "sqlite3");
        Path file = directory.resolve("shop.db");
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl("sqlite:///" + file))) {
            databases.execute("CREATE TABLE item (id integer)");
            assertThat(SqliteNeighbours.of(file)).isEmpty();
            assertThat(library(databases)).contains("no other process has the file open");
            Process other = new ProcessBuilder(program.toString(), file.toString()).start();
            try {
                other.getOutputStream().write("SELECT count(*), sqlite_version() FROM item;\n".getBytes(UTF_8));
                other.getOutputStream().flush();
                String version = other.inputReader(UTF_8).readLine().split("\\|", 2)[1];
                String name = "sqlite3 (process " + other.pid() + ")";

                assertThat(SqliteNeighbours.of(file))
                        .isEqualTo(List.of(new Neighbour(name, Optional.of(SqliteVersion.of(version)))));
                assertThat(library(databases)).contains(version + " in " + name).doesNotContain("was not asked");
            } finally {
                other.destroyForcibly().waitFor();
            }
        }
    }

    private static String library(Databases databases) {
        return new SqliteCheck(databases.using("default"), Optional.empty())
                .run()
                .toString();
    }
}
