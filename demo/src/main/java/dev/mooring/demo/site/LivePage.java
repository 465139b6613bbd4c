package dev.mooring.demo.site;

import com.sun.net.httpserver.HttpExchange;
import dev.mooring.auth.http.RequestAuth;
import dev.mooring.demo.text.Json;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** The page on which a visitor makes the leak happen, and then impossible. */
final class LivePage {

    static final String PATH = "/mooring";
    static final String RUN = PATH + "/run";
    static final String STOP = PATH + "/stop";
    static final String CLOSE = PATH + "/close";
    static final String EVENTS = PATH + "/events";
    static final String ASSETS = PATH + "/assets/";

    private static final String TITLE = "Connections, live";
    private static final String CONTENT = Assets.read("live.html");
    private static final String HEAD = """
            <link rel="stylesheet" href="/mooring/assets/uplot.css">
            <link rel="stylesheet" href="/mooring/assets/live.css">
            <script type="module" src="/mooring/assets/live.js"></script>""";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' '" + Html.STYLE_HASH
            + "'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Experiment experiment;

    LivePage(Experiment experiment) {
        this.experiment = experiment;
    }

    Page answer(HttpExchange exchange, RequestAuth request) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        return switch (path) {
            case PATH ->
                method.equals("GET") || method.equals("HEAD")
                        ? page(request, 200, "")
                        : Page.methodNotAllowed("GET, HEAD");
            case RUN, STOP, CLOSE ->
                method.equals("POST") ? act(path, exchange, request) : Page.methodNotAllowed("POST");
            default -> Page.notFound();
        };
    }

    private Page act(String path, HttpExchange exchange, RequestAuth request) throws IOException {
        Optional<String> problem = Optional.empty();
        switch (path) {
            case RUN -> problem = experiment.start(Form.read(exchange)::get);
            case STOP -> experiment.stop();
            default -> experiment.closeConnections();
        }
        String accepted = exchange.getRequestHeaders().getFirst("Accept");
        if (accepted != null && accepted.startsWith("application/json")) {
            return Page.raw(Json.of(Collections.singletonMap("problem", problem.orElse(null))), "application/json");
        }
        return problem.isEmpty() ? Page.redirect(PATH) : page(request, 400, problem.get());
    }

    /** @param problem what was wrong with the form; empty if nothing */
    private Page page(RequestAuth request, int status, String problem) {
        String content = CONTENT.replace("{{csrf}}", Html.csrfField(request.csrfToken()))
                .replace("{{problem}}", Html.escape(problem))
                .replace("{{virtual}}", experiment.hasVirtualThreads() ? "" : " disabled")
                .replace("{{virtual-note}}", experiment.hasVirtualThreads() ? "" : ", from JDK 21");
        return new Page(status, Html.document(TITLE, HEAD, content), Map.of()).with("Content-Security-Policy", POLICY);
    }
}
