package dev.mooring.demo.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mooring.Database;
import dev.mooring.demo.text.Messages;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ImproperlyConfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the file is kept, and by which libraries. */
final class SqliteCheck {

    private static final String JOURNAL = "journal mode";
    private static final String LIBRARY = "SQLite library";
    private static final String ASK = "import sqlite3; print(sqlite3.sqlite_version)";

    private final Database database;
    private final Optional<Path> python;

    SqliteCheck(Database database, Optional<Path> python) {
        this.database = database;
        this.python = python;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        String mode = text("PRAGMA journal_mode");
        boolean wal = mode.equals("wal");
        findings.add(
                wal
                        ? Finding.ok(JOURNAL, "WAL, so readers and a writer do not wait for each other")
                        : Finding.warn(
                                JOURNAL,
                                "It is " + mode + ", so readers and writers of the two programs wait for each other",
                                "Run 'PRAGMA journal_mode = WAL' once, if the libraries of both are safe (next"
                                        + " lines)"));
        findings.add(library("here", SqliteVersion.of(text("SELECT sqlite_version()")), wal));
        List<Finding> neighbours = neighbours(wal);
        findings.addAll(neighbours);
        python.ifPresent(command -> findings.add(library("on Django's side", ask(command), wal)));
        if (python.isEmpty() && neighbours.isEmpty()) {
            findings.add(Finding.warn(
                    LIBRARY,
                    "Django's was not asked, and no other process has the file open",
                    "Name Django's interpreter with --django-python, or run this while Django runs. "
                            + SqliteVersion.SAFE + " and later of each line are safe"));
        }
        findings.add(foreignKeys());
        return findings;
    }

    private List<Finding> neighbours(boolean wal) {
        String file = database.settings().name();
        return Files.exists(Path.of(file))
                ? SqliteNeighbours.of(Path.of(file)).stream()
                        .map(neighbour -> neighbour
                                .library()
                                .map(version -> library("in " + neighbour.name(), version, wal))
                                .orElseGet(() -> Finding.warn(
                                        LIBRARY,
                                        neighbour.name() + " has the file open, with a library that was not found",
                                        "Ask that program for its version of SQLite")))
                        .toList()
                : List.of();
    }

    private static Finding library(String whose, SqliteVersion version, boolean wal) {
        if (!version.hasWalResetBug()) {
            return Finding.ok(LIBRARY, version + " " + whose + " is safe");
        }
        return wal
                ? Finding.warn(
                        LIBRARY,
                        version + " " + whose + " can corrupt the file when two connections reset the WAL at once",
                        "Install " + SqliteVersion.SAFE + " or later, or run 'PRAGMA journal_mode = DELETE' once")
                : Finding.ok(LIBRARY, version + " " + whose + " is safe in this journal mode, but not with WAL");
    }

    private Finding foreignKeys() {
        String subject = "foreign keys";
        try {
            return foreignKeys(subject);
        } catch (DatabaseException e) { // a mismatch: what is referred to is not unique
            return Finding.fail(
                    subject,
                    "SQLite cannot check them: " + Messages.chain(e),
                    "Make the columns that are referred to a primary key, or unique");
        }
    }

    private Finding foreignKeys(String subject) {
        List<String> tables = database.query("PRAGMA foreign_key_check").stream()
                .map(row -> row.getString("table"))
                .distinct()
                .sorted()
                .toList();
        return tables.isEmpty()
                ? Finding.ok(subject, "Every row's reference is there")
                : Finding.fail(
                        subject,
                        "Rows of " + String.join(", ", tables) + " refer to rows that are missing",
                        "List them with 'PRAGMA foreign_key_check', and mend or delete them");
    }

    private String text(String sql) {
        return String.valueOf(database.query(sql).get(0).get(0));
    }

    private static SqliteVersion ask(Path python) {
        try {
            Process process = new ProcessBuilder(python.toString(), "-c", ASK)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new ImproperlyConfiguredException("--django-python: '" + python + "' said: " + answer);
            }
            return SqliteVersion.of(answer);
        } catch (IOException e) {
            throw new ImproperlyConfiguredException("--django-python: cannot run '" + python + "': " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImproperlyConfiguredException("--django-python: interrupted", e);
        }
    }
}
