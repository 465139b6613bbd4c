package dev.mooring.auth.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The site in a servlet container. */
final class JettyServer implements AutoCloseable {

    /** A permit for each request that has left our filter. */
    final Semaphore left = new Semaphore(0);

    /**
     * Of an asynchronous request, in milliseconds. Jetty 12.1.13 forgets a timeout that passes while it is still storing the
     * timer's task, and never answers.
     */
    private static final int TIMEOUT = 500;

    /** What an asynchronous page waits for. */
    final Semaphore goOn = new Semaphore(0);

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    JettyServer(Site site) {
        connector.setHost("localhost");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        EnumSet<DispatcherType> types = EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC);
        Filter counting = (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } finally {
                left.release();
            }
        };
        for (Filter filter : new Filter[] {counting, new AuthFilter(site.auth())}) {
            FilterHolder holder = new FilterHolder(filter);
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/*", types);
        }
        ServletHolder servlet = new ServletHolder(new Pages(site));
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    URI uri() {
        return URI.create("http://localhost:" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Pages extends HttpServlet {

        private static final long serialVersionUID = 1L;
        private final transient Site site;

        Pages(Site site) {
            this.site = site;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            RequestAuth auth = AuthFilter.of(request);
            String path = request.getPathInfo();
            switch (path) {
                case "/async/dispatch" -> dispatched(request, response);
                case "/async/complete" -> completed(request, response, auth);
                case "/async/timeout" -> {
                    auth.session().put("async", "timeout");
                    request.startAsync().setTimeout(TIMEOUT);
                }
                case "/async/throws" -> {
                    auth.session().put("async", "throws");
                    request.startAsync().setTimeout(TIMEOUT);
                    throw new Site.FailedException();
                }
                case "/long" -> {
                    auth.session().put("long", "yes");
                    for (int i = 0; i < 100_000; i++) {
                        response.getWriter().println("a line of a long answer");
                    }
                }
                case "/endless" -> {
                    auth.user();
                    byte[] block = new byte[1 << 16];
                    while (true) {
                        response.getOutputStream().write(block);
                    }
                }
                case "/flushed" -> {
                    auth.session().put("first", "yes");
                    response.getOutputStream().print("begun");
                    response.flushBuffer();
                    auth.session().put("second", "yes");
                }
                case "/counted" -> {
                    auth.session().put("counted", "yes");
                    response.setContentLength(3);
                    response.getWriter().print("abc");
                    response.getWriter().close();
                }
                case "/redirected" -> {
                    auth.session().put("redirected", "yes");
                    response.sendRedirect("/whoami");
                }
                case "/interrupted/redirected" -> {
                    site.answer("/interrupted", request::getParameter, auth);
                    response.sendRedirect("/whoami");
                }
                case "/interrupted/flushed" -> {
                    response.getWriter().print(site.answer("/interrupted", request::getParameter, auth));
                    response.flushBuffer();
                }
                case "/principal" ->
                    response.getWriter()
                            .print(request.getRemoteUser() + " "
                                    + request.getUserPrincipal().getName());
                default -> {
                    var page = Site.split(site.answer(path, request::getParameter, auth));
                    response.setStatus(page.getKey());
                    response.setContentType("text/plain; charset=utf-8");
                    response.getWriter().print(page.getValue());
                }
            }
        }

        private void dispatched(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                AuthFilter.of(request).session().put("async", "dispatched");
                response.getWriter().print("dispatched");
                return;
            }
            AsyncContext async = request.startAsync();
            async.start(() -> {
                goOn.acquireUninterruptibly();
                async.dispatch();
            });
        }

        private void completed(HttpServletRequest request, HttpServletResponse response, RequestAuth auth) {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                goOn.acquireUninterruptibly();
                try {
                    auth.session().put("async", "completed");
                    response.getWriter().print("completed by " + auth.user().isPresent());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                } finally {
                    async.complete();
                }
            });
        }
    }
}
