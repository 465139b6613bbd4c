package dev.mooring.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mooring.Databases;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.demo.check.DjangoCheck;
import dev.mooring.demo.check.DjangoSettings;
import dev.mooring.demo.check.Finding;
import dev.mooring.demo.check.Finding.Level;
import dev.mooring.error.ImproperlyConfiguredException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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
            names = "--django-settings",
            paramLabel = "FILE",
            description = {
                "What 'manage.py diffsettings --all' prints, to compare; - reads it from standard input.",
                "Its SECRET_KEY is taken if none is given."
            })
    private @Nullable String settingsFile;

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
                Databases databases = Databases.of(DatabaseOption.onlyReading(target.settings()))) {
            Optional<DjangoSettings> settings = settings();
            Optional<SecretKeys> keys = secretKey.find(terminal).or(() -> settings.flatMap(DjangoSettings::secretKeys));
            DjangoCheck check =
                    new DjangoCheck(keys, settings, instances, Optional.ofNullable(python), Clock.systemUTC());
            List<Finding> findings = check.run(databases);
            findings.forEach(terminal.out()::println);
            long failures = count(findings, Level.FAIL);
            long warnings = count(findings, Level.WARN);
            terminal.out().println(failures + " FAIL, " + warnings + " WARN.");
            return failures > 0 || (strict && warnings > 0) ? ExitCode.NO : ExitCode.OK;
        }
    }

    private Optional<DjangoSettings> settings() {
        if (settingsFile == null) {
            return Optional.empty();
        }
        try (InputStream in = settingsFile.equals("-") ? terminal.in() : Files.newInputStream(Path.of(settingsFile))) {
            DjangoSettings settings = DjangoSettings.parse(
                    new String(in.readAllBytes(), UTF_8).lines().toList());
            if (settings.isEmpty()) {
                throw new ImproperlyConfiguredException("--django-settings: there is no setting in '" + settingsFile
                        + "'; give what 'manage.py diffsettings --all' prints");
            }
            return Optional.of(settings);
        } catch (IOException e) {
            throw new ImproperlyConfiguredException("--django-settings: cannot read '" + settingsFile + "': " + e, e);
        }
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
