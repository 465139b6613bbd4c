package dev.mooring.demo.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.mooring.demo.text.Json;
import dev.mooring.error.DatabaseException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Server-sent events: the state of the experiment, five times a second. Each open page keeps a thread of the server busy. */
final class LiveStream implements HttpHandler, AutoCloseable {

    private static final long INTERVAL_MILLIS = 200;
    private static final int MOST_PAGES = 8;

    private final Experiment experiment;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Semaphore pages = new Semaphore(MOST_PAGES);

    LiveStream(Experiment experiment) {
        this.experiment = experiment;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                Page.methodNotAllowed("GET").send(exchange);
            } else if (!pages.tryAcquire()) {
                Page.of(503, "Too many pages", "<p>This page is open " + MOST_PAGES + " times already.</p>")
                        .send(exchange);
            } else {
                try {
                    stream(exchange);
                } finally {
                    pages.release();
                }
            }
        }
    }

    /** Ends when the browser has gone, which the next write finds, or the server ends. */
    private void stream(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/event-stream; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        try {
            do {
                String json = Json.of(experiment.state()).replace("\n", "");
                out.write(("data: " + json + "\n\n").getBytes(UTF_8));
                out.flush();
            } while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DatabaseException e) {
            // The experiment is being closed: so is this.
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
