package dev.mooring.auth.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The site on the JDK's own server, with one thread: when it answers, it is done with what was asked before. */
final class JdkServer implements AutoCloseable {

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final HttpServer server;

    JdkServer(Site site) {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", new AuthHandler(site.auth(), (exchange, request) -> answer(site, exchange, request)));
        server.start();
    }

    private static void answer(Site site, HttpExchange exchange, RequestAuth request) throws IOException {
        Map<String, String> parameters = new HashMap<>();
        read(exchange.getRequestURI().getRawQuery(), parameters);
        read(new String(exchange.getRequestBody().readAllBytes(), UTF_8), parameters);
        var page = Site.split(site.answer(exchange.getRequestURI().getPath(), parameters::get, request));
        byte[] body = page.getValue().getBytes(UTF_8);
        exchange.sendResponseHeaders(page.getKey(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static void read(String form, Map<String, String> parameters) {
        for (String pair : form == null ? new String[0] : form.split("&")) {
            if (pair.contains("=")) {
                parameters.put(
                        pair.substring(0, pair.indexOf('=')),
                        URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), UTF_8));
            }
        }
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Waits until the one thread has done what it was asked. */
    void awaitIdle() {
        try {
            executor.submit(() -> {}).get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdown();
    }
}
