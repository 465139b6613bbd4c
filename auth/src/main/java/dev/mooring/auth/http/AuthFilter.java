package dev.mooring.auth.http;

import static java.util.Objects.requireNonNull;

import dev.mooring.UnitOfWork;
import dev.mooring.auth.sessions.SessionInterruptedException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * A Jakarta servlet filter (Servlet 6.0 and later) that gives each request a unit of work, the transactions of databases with
 * the setting {@code atomicRequests}, Django's session, the current user, and protection against CSRF.
 *
 * <pre>{@code
 * FilterRegistration.Dynamic filter = servletContext.addFilter("auth", new AuthFilter(auth));
 * filter.setAsyncSupported(true);
 * filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
 * }</pre>
 *
 * <p>The unit of work ends when the filter does, whatever happened. A request that goes on asynchronously does so outside of
 * it: what it hands to {@code AsyncContext.start} gets a unit of its own, as does each asynchronous dispatch. The session is
 * saved and cookies are set just before the response is committed; a request that failed does neither.
 *
 * <p>Safe for use by several threads.
 */
public final class AuthFilter implements Filter {

    private static final String ATTRIBUTE = RequestAuth.class.getName();
    private static final String RESPONSE = CommittingResponse.class.getName();

    private final HttpAuth settings;

    /** Makes one with these settings. */
    public AuthFilter(HttpAuth settings) {
        this.settings = requireNonNull(settings, "settings");
    }

    /**
     * {@return the session, the user and the CSRF token of a request that passed this filter}
     *
     * @throws IllegalStateException if it did not
     */
    public static RequestAuth of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestAuth auth) {
            return auth;
        }
        throw new IllegalStateException("The request did not pass an AuthFilter; map one to its path");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try (UnitOfWork unit = settings.databases().unitOfWork()) {
            if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
                begin(http, answer, chain);
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestAuth
                && request.getAttribute(RESPONSE) instanceof CommittingResponse committing) {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                run(new AuthenticatedRequest(request, committing, settings.databases()), committing, chain);
            } else {
                chain.doFilter(request, response);
            }
            return;
        }
        RequestAuth auth = new RequestAuth(settings, new ServletView(request));
        CommittingResponse committing = new CommittingResponse(response, auth);
        request.setAttribute(ATTRIBUTE, auth);
        request.setAttribute(RESPONSE, committing);
        Optional<String> refusal = auth.csrfRefusal();
        if (refusal.isPresent()) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, refusal.get());
        } else {
            run(new AuthenticatedRequest(request, committing, settings.databases()), committing, chain);
        }
    }

    private void run(AuthenticatedRequest request, CommittingResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean failed = true;
        try {
            settings.databases().request(() -> {
                chain.doFilter(request, response);
                return true;
            });
            if (!request.wentAsynchronous()) {
                response.finish();
            }
            failed = false;
        } catch (SessionInterruptedException e) {
            refuse(request, response, e);
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            if (failed) {
                response.abandon();
            }
        }
    }

    /** Answers with status 400, whether the session was to be saved after the servlet or by a commit within it. */
    private static void refuse(
            AuthenticatedRequest request, CommittingResponse response, SessionInterruptedException interrupted)
            throws IOException {
        if (request.wentAsynchronous() || response.isCommitted()) {
            throw interrupted;
        }
        response.reset();
        response.abandon();
        response.sendError(HttpServletResponse.SC_BAD_REQUEST, interrupted.getMessage());
    }
}
