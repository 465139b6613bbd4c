package dev.mooring.errors;

import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("wrong-answers")
class SqliteValuesInErrorsTest extends ValuesInErrorsContract {

    @TempDir
    Path folder;

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.sqlite(folder);
    }

    @Override
    List<String> tables() {
        return List.of(
                "CREATE TABLE paper (id integer PRIMARY KEY, name text UNIQUE, number integer CHECK (number > 0)) STRICT",
                "INSERT INTO paper (id, name) VALUES (4711, 'hunter2')",
                "CREATE VIRTUAL TABLE words USING fts5(word)");
    }

    static Stream<Failing> failing() {
        return Stream.of(
                Failing.of("paper.id", "INSERT INTO paper (id, name) VALUES (%s, 'x')", 4711),
                Failing.of("paper.name", "INSERT INTO paper (id, name) VALUES (1, %s)", SECRET),
                Failing.of("number > 0", "INSERT INTO paper (id, number) VALUES (1, %s)", -4711),
                Failing.of("paper.number", "INSERT INTO paper (id, number) VALUES (1, %s)", SECRET),
                Failing.of("malformed JSON", "SELECT json(%s)", "{" + SECRET),
                Failing.of("bad JSON path: '***'", "SELECT json_extract('{}', %s)", "$" + SECRET + "["),
                Failing.of("bad JSON path: '***'", "SELECT json_extract('{}', %s)", "$it's " + SECRET + "["),
                Failing.of("unterminated string", "SELECT * FROM words WHERE words MATCH %s", SECRET + " \""),
                Failing.of("no such column: ***", "SELECT * FROM words WHERE words MATCH %s", SECRET + ":x"));
    }

    @Test
    @DisplayName("A failed ATTACH, which needs a connection that is held, shows no file name")
    void hidesTheFileOfAnAttach() {
        try (Lease held = databases.get().hold()) {
            check(
                    Failing.of("unable to open database: ***", "ATTACH %s AS other", "/absent/" + SECRET),
                    () -> databases.execute("ATTACH %s AS other", "/absent/" + SECRET));
        }
    }
}
