package dev.mooring.benchmarks.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mooring.benchmarks.auth.Accounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Real Django in a process of its own, with {@code CONN_MAX_AGE = None}. It needs python3-django and python3-psycopg2. */
final class DjangoLayer implements Layer {

    private static final long SECONDS_TO_END = 20;

    private final Process process;
    private final Writer requests;
    private final BufferedReader failures;
    private final String version;

    /**
     * Starts it.
     *
     * @param threads {@code stay} or {@code end}: what a thread does when its request is answered
     */
    DjangoLayer(Path script, int port, String threads) throws IOException {
        process = new ProcessBuilder(
                        System.getProperty("benchmarks.python", "/usr/bin/python3"),
                        script.toString(),
                        Integer.toString(port),
                        threads,
                        Accounts.PASSWORD,
                        Integer.toString(TicketPlot.ITERATIONS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = process.outputWriter(UTF_8);
        failures = process.inputReader(UTF_8);
        version = line();
    }

    String version() {
        return version;
    }

    @Override
    public int answer(int count) throws IOException {
        requests.write(count + "\n");
        requests.flush();
        return Integer.parseInt(line());
    }

    private String line() throws IOException {
        String line = failures.readLine();
        if (line == null) {
            throw new IllegalStateException("Django has ended; its process has printed why");
        }
        return line;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        requests.close();
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
