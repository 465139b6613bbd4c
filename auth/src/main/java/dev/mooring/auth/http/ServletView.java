package dev.mooring.auth.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A servlet request as {@link RequestAuth} asks it. */
final class ServletView implements HttpView {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final HttpServletRequest request;

    ServletView(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    /** As the container maps it, without dots and parameters in it: the URI leads elsewhere than it says. */
    @Override
    public String path() {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }

    /**
     * {@return what the browser said, and what the container makes of it} They differ where a proxy forwards the browser's host
     * in another header, and HTTP/2 needs no {@code Host}.
     */
    @Override
    public List<String> hosts() {
        int port = request.getServerPort();
        boolean usual = port == (isSecure() ? HTTPS : HTTP);
        String server = request.getServerName() + (usual ? "" : ":" + port);
        String host = request.getHeader("Host");
        return host == null ? List.of(server) : List.of(host, server);
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public @Nullable String cookie(String name) {
        Cookie[] cookies = request.getCookies();
        String found = null;
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(name)) {
                found = cookie.getValue();
            }
        }
        return found;
    }

    @Override
    public @Nullable String formField(String name) {
        return request.getParameter(name);
    }
}
