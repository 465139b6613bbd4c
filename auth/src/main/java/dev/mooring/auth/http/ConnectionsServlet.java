package dev.mooring.auth.http;

import static java.util.Objects.requireNonNull;

import dev.mooring.Databases;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Does what {@link ConnectionsHandler} does, in a servlet container. <strong>Map it to a path that is protected</strong>.
 *
 * <p>Safe for use by several threads.
 */
public final class ConnectionsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Not kept if the servlet is serialized, which no container of today does. */
    private final transient Databases databases;

    /** Makes one that shows {@code databases}. */
    public ConnectionsServlet(Databases databases) {
        this.databases = requireNonNull(databases, "databases");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConnectionsReport report = ConnectionsReport.of(databases, request.getHeader("Accept"));
        ConnectionsReport.HEADERS.forEach(response::setHeader);
        response.setContentType(report.contentType());
        byte[] body = report.bytes();
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
