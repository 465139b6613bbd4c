package dev.mooring.django;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.mooring.config.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.TestInfo;

/** The real Django, run as a program of its own on the database of a test. */
public final class RealDjango {

    private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();
    private static final Optional<String> PYTHON = List.of("python3", "/usr/bin/python3").stream()
            .filter(RealDjango::hasDjango)
            .findFirst();

    private final String python;
    private final String moreApps;

    private RealDjango(String python, String moreApps) {
        this.python = python;
        this.moreApps = moreApps;
    }

    /** {@return this Django with more apps installed than those whose tables Mooring makes} */
    public RealDjango with(String... apps) {
        return new RealDjango(python, String.join(" ", apps));
    }

    /** {@return the real Django} Without one the test is aborted, and says so where nobody can miss it. */
    public static RealDjango require(TestInfo test) {
        if (PYTHON.isEmpty()) {
            String message =
                    "NOT RUN: " + test.getDisplayName() + ": python3-django (with python3-psycopg2) is not installed";
            System.err.println(message);
            return abort(message);
        }
        return new RealDjango(PYTHON.get(), "");
    }

    /** {@return what {@code manage.py} with these arguments said} */
    public Outcome manage(DatabaseSettings database, String... arguments) {
        List<String> command = new ArrayList<>(List.of(python, "-m", "django"));
        command.addAll(List.of(arguments));
        return run(command, environment(database));
    }

    /** {@return what a few lines of Python said, with Django set up} */
    public Outcome script(DatabaseSettings database, String lines) {
        return run(List.of(python, "-c", "import django; django.setup()\n" + lines), environment(database));
    }

    /** {@return a Django that stays, for many questions about one database} */
    public DjangoShell shell(DatabaseSettings database) {
        return new DjangoShell(
                List.of(python, SCRIPTS.resolve("mooring_shell.py").toString()), environment(database));
    }

    private static boolean hasDjango(String python) {
        return run(List.of(python, "-c", "import django, psycopg2"), Map.of()).exitCode() == 0;
    }

    private Map<String, String> environment(DatabaseSettings database) {
        return Map.of(
                "DJANGO_SETTINGS_MODULE", "mooring_django_settings",
                "PYTHONPATH", SCRIPTS.toString(),
                "PYTHONDONTWRITEBYTECODE", "1",
                "MOORING_TEST_APPS", moreApps,
                "MOORING_TEST_ENGINE", database.engine(),
                "MOORING_TEST_NAME", database.name(),
                "MOORING_TEST_USER", database.user(),
                "MOORING_TEST_HOST", database.host(),
                "MOORING_TEST_PORT",
                        database.port().isPresent()
                                ? Integer.toString(database.port().getAsInt())
                                : "");
    }

    private static Outcome run(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            return new Outcome(-1, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("Interrupted while waiting for " + command, e));
        }
    }

    /**
     * How a program ended.
     *
     * @param exitCode zero if all went well; -1 if it could not be started
     * @param output what it printed
     */
    public record Outcome(int exitCode, String output) {}
}
