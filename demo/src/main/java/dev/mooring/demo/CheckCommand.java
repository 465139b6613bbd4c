package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.check.DjangoCheck;
import dev.mooring.demo.check.Finding;
import dev.mooring.demo.check.Finding.Level;
import dev.mooring.error.ImproperlyConfiguredException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the setting of a Django on the same database that does not match. */
@Command(
        name = "check",
        description = {
            "Find what does not match between a Java service and a Django on the same database.",
            "Only reads. Prints a line for each finding: OK, WARN or FAIL, what was seen, the way out.",
            "Exit code 1 if there is a FAIL."
        },
        footer = "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + ".")
final class CheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Mixin
    private final SecretKeyOption secretKey = new SecretKeyOption();

    @Option(
            names = "--instances",
            paramLabel = "N",
            description = "How many processes of the Java service are to run. Default: 1.")
    private int instances = 1;

    @Option(
            names = "--django-python",
            paramLabel = "FILE",
            description = "The interpreter that Django runs on, to ask for its SQLite library.")
    private @Nullable Path python;

    @Option(names = "--strict", description = "Exit code 1 if there is a WARN too.")
    private boolean strict;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (instances < 1) {
            throw new ImproperlyConfiguredException("--instances must be at least 1, but is " + instances);
        }
        try (Target target = database.openOr(DatabaseOption.FILE, terminal);
                Databases databases = Databases.of(readOnly(target.settings()))) {
            DjangoCheck check = new DjangoCheck(
                    secretKey.find(terminal), instances, Optional.ofNullable(python), Clock.systemUTC());
            List<Finding> findings = check.run(databases);
            findings.forEach(terminal.out()::println);
            long failures = count(findings, Level.FAIL);
            long warnings = count(findings, Level.WARN);
            terminal.out().println(failures + " FAIL, " + warnings + " WARN.");
            return failures > 0 || (strict && warnings > 0) ? ExitCode.NO : ExitCode.OK;
        }
    }

    /** A file that is not there is then an error, and not made. */
    private static DatabaseSettings readOnly(DatabaseSettings settings) {
        return settings.toBuilder().readOnly(true).build();
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
