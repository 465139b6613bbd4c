package dev.mooring.django;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.mooring.config.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInfo;

/** The real Django, run in a process of its own on the database of a test. */
public final class RealDjango {

    private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();
    private static final Optional<String> PYTHON = List.of("python3", "/usr/bin/python3").stream()
            .filter(candidate -> runs(candidate, "import django, psycopg2"))
            .findFirst();

    private static final boolean HAS_MYSQLCLIENT =
            PYTHON.filter(python -> runs(python, "import MySQLdb")).isPresent();

    /** By what a Django has to know when it is set up: the engine, and the apps. */
    private static final Map<List<String>, DjangoServer> SERVERS = new ConcurrentHashMap<>();

    private final String test;
    private final String python;
    private final String moreApps;

    private RealDjango(String test, String python, String moreApps) {
        this.test = test;
        this.python = python;
        this.moreApps = moreApps;
    }

    /** {@return this Django with more apps installed than those whose tables Mooring makes} */
    public RealDjango with(String... apps) {
        return new RealDjango(test, python, String.join(" ", apps));
    }

    /** {@return the real Django} Without one the test is aborted, and says so where nobody can miss it. */
    public static RealDjango require(TestInfo test) {
        String python =
                PYTHON.orElseGet(() -> abort(notRun(test.getDisplayName(), "python3-django (with python3-psycopg2)")));
        return new RealDjango(test.getDisplayName(), python, "");
    }

    private static String notRun(String test, String missing) {
        String message = "NOT RUN: " + test + ": " + missing + " is not installed";
        System.err.println(message);
        return message;
    }

    /** {@return what {@code manage.py} with these arguments said} */
    public Outcome manage(DatabaseSettings database, String... arguments) {
        String list = Stream.of(arguments)
                .map(argument -> ", '" + argument.replace("\\", "\\\\").replace("'", "\\'") + "'")
                .collect(joining());
        return script(
                database,
                "from django.core.management import execute_from_command_line\n"
                        + "execute_from_command_line(['manage.py'" + list + "])");
    }

    /** {@return what a few lines of Python said, with Django set up} */
    public Outcome script(DatabaseSettings database, String lines) {
        try (DjangoShell shell = shell(database)) {
            return shell.ask(lines);
        }
    }

    /** {@return a Django that stays, for many questions about one database} On MariaDB it needs a driver that others do not. */
    public DjangoShell shell(DatabaseSettings database) {
        if (database.engine().equals("mariadb") && !HAS_MYSQLCLIENT) {
            return abort(notRun(test, "python3-mysqldb"));
        }
        Map<String, String> variables = variables(database);
        return SERVERS.computeIfAbsent(List.of(database.engine(), moreApps), kind -> start(variables))
                .shell(variables);
    }

    private DjangoServer start(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("DJANGO_SETTINGS_MODULE", "mooring_django_settings");
        environment.put("PYTHONPATH", SCRIPTS.toString());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("MOORING_TEST_APPS", moreApps);
        return DjangoServer.start(python, SCRIPTS.resolve("mooring_server.py"), environment);
    }

    private static Map<String, String> variables(DatabaseSettings database) {
        return Map.of(
                "MOORING_TEST_ENGINE", database.engine(),
                "MOORING_TEST_NAME", database.name(),
                "MOORING_TEST_USER", database.user(),
                "MOORING_TEST_PASSWORD", database.password().reveal(),
                "MOORING_TEST_HOST", database.host(),
                "MOORING_TEST_PORT",
                        database.port().isPresent()
                                ? Integer.toString(database.port().getAsInt())
                                : "");
    }

    private static boolean runs(String python, String program) {
        try {
            return new ProcessBuilder(python, "-c", program)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking for Django in " + python, e);
        }
    }

    /**
     * How a program ended.
     *
     * @param exitCode zero if all went well
     * @param output what it printed
     */
    public record Outcome(int exitCode, String output) {}
}
