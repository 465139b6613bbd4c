package dev.mooring.demo.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;

/** The style sheets and scripts of the live page, from the jar. */
final class Assets implements HttpHandler {

    /** The version is that of the pom. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private record Asset(String resource, String type) {}

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private static final Map<String, Asset> ASSETS = Map.of(
            "live.js", new Asset("live.js", SCRIPT),
            "live.css", new Asset("live.css", STYLE),
            "uplot.js", new Asset(UPLOT + "uPlot.esm.js", SCRIPT),
            "uplot.css", new Asset(UPLOT + "uPlot.min.css", STYLE));

    private final String path;

    /** @param path what all addresses begin with, a slash at the end included */
    Assets(String path) {
        this.path = path;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            Asset asset = ASSETS.get(exchange.getRequestURI().getPath().substring(path.length()));
            if (asset == null) {
                Page.notFound().send(exchange);
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                Page.methodNotAllowed("GET, HEAD").send(exchange);
            } else {
                Page.raw(read(asset.resource), asset.type).send(exchange);
            }
        }
    }

    /** {@return the text of a resource} */
    static String read(String resource) {
        URL url = Assets.class.getResource(resource);
        if (url == null) {
            throw new IllegalStateException("The program lacks its file " + resource + "; build it again");
        }
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
