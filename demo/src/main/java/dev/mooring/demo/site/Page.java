package dev.mooring.demo.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.mooring.demo.text.Messages;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param body the document; empty for a redirection
 * @param headers those that only this answer has
 */
record Page(int status, String body, Map<String, String> headers) {

    /** Scripts, frames and whatever comes from elsewhere are refused by the browser, should any get into a page. */
    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src '" + Html.STYLE_HASH
                    + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    static Page of(String title, String content) {
        return of(200, title, content);
    }

    static Page of(int status, String title, String content) {
        return new Page(status, Html.document(title, content), Map.of());
    }

    /** {@return what is not HTML} */
    static Page raw(String body, String contentType) {
        return new Page(200, body, Map.of("Content-Type", contentType));
    }

    /** {@return the answer to a form that worked: the browser then asks for {@code path}} */
    static Page redirect(String path) {
        return new Page(303, "", Map.of("Location", path));
    }

    static Page notFound() {
        return of(404, "Not found", "<p>There is no such page. Go to the <a href=\"/\">landing page</a>.</p>");
    }

    static Page methodNotAllowed(String allowed) {
        return of(405, "Method not allowed", "<p>This page takes " + allowed + " only.</p>")
                .with("Allow", allowed);
    }

    static Page error(Exception e) {
        return of(500, "Error", "<p>" + Html.escape(Messages.chain(e)) + "</p>");
    }

    Page with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Page(status, body, more);
    }

    void send(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        Headers response = exchange.getResponseHeaders();
        SECURITY.forEach(response::set);
        response.set("Content-Type", "text/html; charset=utf-8");
        headers.forEach(response::set);
        boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
        if (!empty) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
