package dev.mooring.demo;

import dev.mooring.error.ImproperlyConfiguredException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Django's {@code dbshell}. */
@Command(
        name = "dbshell",
        description = {
            "Open the database's own client: psql, mariadb or sqlite3, with the settings of the application.",
            "The client gets the password in its environment, never on its command line.",
            "The exit code is the client's, or 2 if there is no client."
        },
        footer = {
            "%nExamples: dbshell --database sqlite:///shop.db",
            "          dbshell --database postgres://app@localhost/shop -- -c 'SELECT 1'",
            "%nDefault database: DATABASE_URL if set, else " + DatabaseOption.FILE + "."
        })
final class DbshellCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Parameters(paramLabel = "ARGUMENT", description = "What the client is given besides, after --.")
    private List<String> arguments = new ArrayList<>();

    DbshellCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Target target = database.openOr(DatabaseOption.FILE, terminal)) {
            Process process = start(DatabaseClient.of(target.settings()));
            // Ctrl-C is for the client, which ends a statement by it. It ends this process too, but not before the
            // client.
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> process.onExit().join(), "dbshell"));
            return process.waitFor();
        }
    }

    private Process start(DatabaseClient client) {
        requireEncodable(client);
        List<String> failures = new ArrayList<>();
        for (String program : client.programs()) {
            ProcessBuilder builder = new ProcessBuilder(program).inheritIO();
            builder.command().addAll(client.arguments());
            builder.command().addAll(arguments);
            builder.environment().keySet().removeAll(DatabaseClient.REDIRECTING);
            builder.environment().putAll(client.environment());
            try {
                return builder.start();
            } catch (IOException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        throw new ImproperlyConfiguredException(
                "dbshell: the client %s cannot be run (%s); install it (on Debian, %s) and have its directory in PATH"
                        .formatted(
                                String.join(" or ", client.programs()),
                                String.join("; ", failures),
                                client.debianPackage()));
    }

    /** What the locale's charset has not would reach the client as question marks: another password, another file. */
    private static void requireEncodable(DatabaseClient client) {
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding"));
        Stream.concat(client.environment().keySet().stream(), Stream.of("the command line"))
                .filter(place -> !charset.newEncoder()
                        .canEncode(client.environment().getOrDefault(place, String.join(" ", client.arguments()))))
                .findFirst()
                .ifPresent(place -> {
                    throw new ImproperlyConfiguredException(
                            "dbshell: %s has characters that the charset of the locale, %s, has not; run it with LC_ALL=C.UTF-8"
                                    .formatted(place, charset));
                });
    }
}
