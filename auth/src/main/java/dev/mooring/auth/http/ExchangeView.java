package dev.mooring.auth.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request to the JDK's server as {@link RequestAuth} asks it. */
final class ExchangeView implements HttpView {

    /** A form with more in front of its token is taken to have none. */
    private static final int MOST_BYTES = 1 << 20;

    private final HttpExchange exchange;

    ExchangeView(HttpExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public String path() {
        return exchange.getRequestURI().getPath();
    }

    @Override
    public boolean isSecure() {
        return exchange instanceof HttpsExchange;
    }

    @Override
    public List<String> hosts() {
        return exchange.getRequestHeaders().getOrDefault("Host", List.of());
    }

    @Override
    public @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public @Nullable String cookie(String name) {
        String found = null;
        List<String> headers = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
        for (String header : headers) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    found = unquoted(pair.substring(equals + 1).strip());
                }
            }
        }
        return found;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Reads the form and puts it back for the handler. */
    @Override
    public @Nullable String formField(String name) {
        String type = header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            return null;
        }
        try {
            InputStream body = exchange.getRequestBody();
            byte[] form = body.readNBytes(MOST_BYTES);
            InputStream again = new ByteArrayInputStream(form);
            exchange.setStreams(form.length < MOST_BYTES ? again : new SequenceInputStream(again, body), null);
            return field(new String(form, UTF_8), name);
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String field(String form, String name) {
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && name.equals(decoded(pair.substring(0, equals)))) {
                return decoded(pair.substring(equals + 1));
            }
        }
        return null;
    }

    private static @Nullable String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
