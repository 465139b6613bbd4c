package dev.mooring.benchmarks.ticket;

import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.benchmarks.auth.Accounts;
import dev.mooring.benchmarks.auth.Login;
import dev.mooring.benchmarks.load.Sessions;
import dev.mooring.benchmarks.rival.PostgresServer;
import dev.mooring.benchmarks.rival.Rivals;
import dev.mooring.benchmarks.rival.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/**
 * Sends the same logins to each layer, all on one PostgreSQL, and writes how many connections that has as
 * {@code connections.csv} and {@code connections.svg}. Its arguments are the directory for these and {@code ticket.py}.
 */
public final class TicketPlot {

    static final int USERS = 1;
    static final int ITERATIONS = 1_000;

    private static final int IN_FLIGHT = 20;
    private static final int WAVES = 10;
    private static final int POOL = 10;
    private static final long SAMPLE_MILLIS = 2;

    private TicketPlot() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Path script = Path.of(arguments[1]);
        PasswordHashers hashers = PasswordHashers.of(DjangoHashers.pbkdf2Sha256(ITERATIONS));
        List<Line> lines = new ArrayList<>();
        try (PostgresServer server = PostgresServer.open()) {
            Target target = server.target();
            Accounts.create(target, hashers, USERS);
            lines.add(measure("A connection a thread, in Java", target, naive(target, hashers)));
            DjangoLayer staying = new DjangoLayer(script, server.port(), "stay");
            lines.add(measure("Django " + staying.version() + ", threads stay", target, staying));
            DjangoLayer ending = new DjangoLayer(script, server.port(), "end");
            lines.add(measure("Django " + ending.version() + ", threads end", target, ending));
            for (String pool : List.of(Rivals.HIKARI, Rivals.MOORING)) {
                String name = pool.equals(Rivals.MOORING) ? "Mooring, at most 10" : "HikariCP, a pool of 10";
                lines.add(measure(name, target, new JvmLayer(Login.open(pool, target, POOL, hashers))));
            }
        }
        Files.writeString(directory.resolve("connections.csv"), csv(lines));
        Files.writeString(directory.resolve("connections.svg"), new Plot(lines, IN_FLIGHT).svg());
    }

    private static Layer naive(Target target, PasswordHashers hashers) throws Exception {
        ThreadConnections connections = new ThreadConnections(target);
        Login login = Login.on(connections, hashers);
        // That of this thread, which serves no request.
        connections.close();
        return new JvmLayer(login);
    }

    private static Line measure(String name, Target target, Layer layer) throws Exception {
        List<Line.Point> points = new ArrayList<>();
        try (Sessions sessions = new Sessions(target)) {
            try (layer) {
                int failed = 0;
                for (int wave = 1; wave <= WAVES; wave++) {
                    FutureTask<Integer> answer = new FutureTask<>(() -> layer.answer(IN_FLIGHT));
                    new Thread(answer).start();
                    int most = mostUntil(answer, sessions);
                    failed += answer.get();
                    points.add(new Line.Point(wave * IN_FLIGHT, most, failed));
                }
            }
            awaitNone(sessions);
        }
        return new Line(name, points);
    }

    private static int mostUntil(FutureTask<Integer> answer, Sessions sessions)
            throws SQLException, InterruptedException {
        int most = 0;
        while (!answer.isDone()) {
            most = Math.max(most, sessions.others());
            Thread.sleep(SAMPLE_MILLIS);
        }
        return Math.max(most, sessions.others());
    }

    /** The next layer begins with an empty server. */
    private static void awaitNone(Sessions sessions) throws SQLException, InterruptedException {
        while (sessions.others() > 0) {
            Thread.sleep(SAMPLE_MILLIS);
        }
    }

    private static String csv(List<Line> lines) {
        StringBuilder csv = new StringBuilder("layer,requests,connections,failed\n");
        for (Line line : lines) {
            for (Line.Point point : line.points()) {
                csv.append("\"%s\",%d,%d,%d\n"
                        .formatted(line.name(), point.requests(), point.connections(), point.failed()));
            }
        }
        return csv.toString();
    }
}
