package dev.mooring.demo;

import com.google.common.base.Ticker;
import com.sun.net.httpserver.HttpServer;
import dev.mooring.Databases;
import dev.mooring.auth.Users;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.demo.site.DemoSite;
import dev.mooring.demo.site.Site;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.migrations.MigrationListener;
import dev.mooring.migrations.MigrationPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Django's {@code runserver} with the ticket's landing page. */
@Command(
        name = "runserver",
        description = {
            "Serve the ticket's landing page, which calls authenticate() for each request, and a login",
            "that is shared with a Django which has the same database and secret key."
        },
        footer = "%nDefault database: DATABASE_URL if set, else " + Target.EMBEDDED_SQLITE
                + ". A temporary database gets its tables and the user admin with the password 123456.")
final class RunserverCommand implements Callable<Integer> {

    private static final int CONCURRENCY = 64;
    private static final int GRACE_SECONDS = 1;

    private final Terminal terminal;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Mixin
    private final SecretKeyOption secretKey = new SecretKeyOption();

    @Option(names = "--port", paramLabel = "N", description = "The port; 0 takes a free one. Default: 8000.")
    private int port = 8000;

    @Option(
            names = "--threads",
            paramLabel = "per-request|pool|virtual",
            description = "Which thread a request runs on. Default: per-request.")
    private ThreadModel threads = ThreadModel.PER_REQUEST;

    RunserverCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!threads.isSupported()) {
            throw new ImproperlyConfiguredException("--threads virtual: " + threads.notSupported());
        }
        Optional<SecretKeys> keys = secretKey.find(terminal);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "shutdown"));
        try (Target target = database.openOr(Target.EMBEDDED_SQLITE, terminal)) {
            checkMigrations(target);
            serve(target, keys, stop);
        } finally {
            stopped.countDown();
        }
        return ExitCode.OK;
    }

    /** Runs when the process is told to end: it may not before everything is closed. */
    private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** On connections of its own: the page's counts are those of the requests. */
    private void checkMigrations(Target target) {
        try (Databases databases = Databases.of(target.settings())) {
            if (target.isTemporary()) {
                Migrations.migrate(databases, MigrationListener.none());
                Users.of(databases).createSuperuser(DemoSite.USERNAME, null, DemoSite.PASSWORD);
            } else {
                warn(Migrations.executor(databases).plan());
            }
        }
    }

    private void warn(MigrationPlan plan) {
        if (!plan.isEmpty()) {
            int count = plan.migrations().size();
            String apps = String.join(", ", plan.apps());
            String migrations = count == 1 ? "migration" : "migrations";
            terminal.out().println();
            terminal.out().println("Not applied yet: " + count + " " + migrations + " of " + apps + ".");
            terminal.out().println("Requests may fail until you apply them with the command 'migrate'.");
            terminal.out().println();
        }
    }

    private void warnOfRandomKey() {
        terminal.out().println("No secret key was given: logins end with this process, and Django does not know them.");
        terminal.out().println("Give Django's with --secret-key-file or in " + SecretKeyOption.VARIABLE + ".");
        terminal.out().println();
    }

    private void serve(Target target, Optional<SecretKeys> keys, CountDownLatch stop) throws InterruptedException {
        HttpServer server = bind();
        try (Databases databases = Databases.of(target.settings());
                RequestThreads requests = threads.open(CONCURRENCY);
                LiveExperiment experiment = new LiveExperiment(Engine.of(target.settings()));
                Site site = new Site(
                        databases, keys.orElseGet(SecretKeyOption::random), Ticker.systemTicker(), experiment)) {
            site.addTo(server, threads.toString());
            server.setExecutor(requests);
            server.start();
            if (keys.isEmpty() && !target.isTemporary()) {
                warnOfRandomKey();
            }
            terminal.out().println("http://localhost:" + server.getAddress().getPort() + "/");
            terminal.out()
                    .println("The leak, live: http://localhost:"
                            + server.getAddress().getPort() + "/mooring");
            terminal.out().println("Stop it with Ctrl-C.");
            stop.await();
            site.close();
            server.stop(GRACE_SECONDS);
        }
    }

    private HttpServer bind() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException | IllegalArgumentException e) {
            throw new ImproperlyConfiguredException(
                    "--port: cannot listen on %d (%s); choose another, or 0 for any".formatted(port, e.getMessage()),
                    e);
        }
    }
}
