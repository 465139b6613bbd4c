package dev.mooring.auth.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.mooring.auth.User;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An exchange that saves the session and sets the cookies before it sends its headers. For one thread at a time. */
final class CommittingExchange extends HttpExchange {

    private final HttpExchange exchange;
    private final RequestAuth auth;
    private boolean committed;
    private Optional<String> keySent = Optional.empty();

    CommittingExchange(HttpExchange exchange, RequestAuth auth) {
        this.exchange = exchange;
        this.auth = auth;
    }

    HttpExchange delegate() {
        return exchange;
    }

    boolean isCommitted() {
        return committed;
    }

    void finishLate() {
        if (committed) {
            auth.finishLate(keySent);
        }
    }

    @Override
    public void sendResponseHeaders(int status, long length) throws IOException {
        if (!committed) {
            auth.finish(status).forEach(cookie -> getResponseHeaders().add("Set-Cookie", cookie));
            if (auth.variesByCookie()) {
                getResponseHeaders().add("Vary", "Cookie");
            }
            keySent = auth.session().key();
            committed = true;
        }
        exchange.sendResponseHeaders(status, length);
    }

    @Override
    public @Nullable HttpPrincipal getPrincipal() {
        return auth.user()
                .map(User::username)
                .map(name -> new HttpPrincipal(name, "django"))
                .orElseGet(exchange::getPrincipal);
    }

    @Override
    public Headers getRequestHeaders() {
        return exchange.getRequestHeaders();
    }

    @Override
    public Headers getResponseHeaders() {
        return exchange.getResponseHeaders();
    }

    @Override
    public URI getRequestURI() {
        return exchange.getRequestURI();
    }

    @Override
    public String getRequestMethod() {
        return exchange.getRequestMethod();
    }

    @Override
    public HttpContext getHttpContext() {
        return exchange.getHttpContext();
    }

    @Override
    public void close() {
        exchange.close();
    }

    @Override
    public InputStream getRequestBody() {
        return exchange.getRequestBody();
    }

    @Override
    public OutputStream getResponseBody() {
        return exchange.getResponseBody();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return exchange.getRemoteAddress();
    }

    @Override
    public int getResponseCode() {
        return exchange.getResponseCode();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return exchange.getLocalAddress();
    }

    @Override
    public String getProtocol() {
        return exchange.getProtocol();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return exchange.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        exchange.setAttribute(name, value);
    }

    @Override
    public void setStreams(InputStream in, OutputStream out) {
        exchange.setStreams(in, out);
    }
}
