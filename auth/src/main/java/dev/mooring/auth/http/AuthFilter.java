package dev.mooring.auth.http;

import static java.util.Objects.requireNonNull;

import dev.mooring.UnitOfWork;
import dev.mooring.auth.sessions.SessionInterruptedException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Jakarta servlet filter (Servlet 6.0 and later) that gives each request a unit of work, the transactions of databases with
 * the setting {@code atomicRequests}, Django's session, the current user, and protection against CSRF.
 *
 * <pre>{@code
 * FilterRegistration.Dynamic filter = servletContext.addFilter("auth", new AuthFilter(auth));
 * filter.setAsyncSupported(true);
 * filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
 * }</pre>
 *
 * <p>A form that does not say its encoding, as those of browsers do not, is read in UTF-8, as Django reads it, unless the
 * container is set to another.
 *
 * <p>The unit of work ends when the filter does, whatever happened. A request that goes on asynchronously does so outside of
 * it: what it hands to {@code AsyncContext.start} gets a unit of its own, as does each asynchronous dispatch. The session is
 * saved and cookies are set just before the response is committed; a request that failed does neither. Where a servlet
 * forwards, Tomcat 11 takes no header behind the forward: map the filter to {@code FORWARD}, so that it acts before. On an error
 * page, to which it is mapped by {@code ERROR}, the user is known and a CSRF token gets its cookie; a session is not saved there.
 *
 * <p>The transactions of {@code atomicRequests} are rolled back if the request throws; if its framework made an answer of an
 * exception and says so, as Spring MVC does, whatever the status; and if the status is 500 or above.
 *
 * <p>Safe for use by several threads.
 */
public final class AuthFilter implements Filter {

    private static final String ATTRIBUTE = RequestAuth.class.getName();
    private static final String RESPONSE = CommittingResponse.class.getName();

    /** Spring's {@code DispatcherServlet.EXCEPTION_ATTRIBUTE}: set if there is an answer without a view. */
    private static final String SPRING_EXCEPTION = "org.springframework.web.servlet.DispatcherServlet.EXCEPTION";

    private static final Logger LOG = LoggerFactory.getLogger(AuthFilter.class);

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
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            errorPage(request, response, chain);
            return;
        }
        if (request.getAttribute(ATTRIBUTE) instanceof RequestAuth
                && request.getAttribute(RESPONSE) instanceof CommittingResponse committing) {
            switch (request.getDispatcherType()) {
                case ASYNC ->
                    run(new AuthenticatedRequest(request, committing, settings.databases()), committing, chain);
                case FORWARD -> forward(request, response, committing, chain);
                default -> chain.doFilter(request, response);
            }
            return;
        }
        if (request.getCharacterEncoding() == null) {
            request.setCharacterEncoding("UTF-8");
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

    /** Also where the request failed before it passed this filter. */
    private void errorPage(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestAuth auth = request.getAttribute(ATTRIBUTE) instanceof RequestAuth known
                ? known
                : new RequestAuth(settings, new ServletView(request));
        request.setAttribute(ATTRIBUTE, auth);
        CommittingResponse committing = CommittingResponse.ofErrorPage(response, auth);
        chain.doFilter(new AuthenticatedRequest(request, committing, settings.databases()), committing);
        committing.finishDispatch();
    }

    private static void forward(
            ServletRequest request, ServletResponse response, CommittingResponse committing, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        if (!request.isAsyncStarted()) {
            committing.finishDispatch();
        }
    }

    private void run(AuthenticatedRequest request, CommittingResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean failed = true;
        try {
            runInTransactions(request, response, chain);
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

    private void runInTransactions(AuthenticatedRequest request, CommittingResponse response, FilterChain chain)
            throws Exception {
        try {
            settings.databases().request(() -> {
                chain.doFilter(request, response);
                FailedRequestException.throwIfFailed(response.getStatus(), resolvedException(request));
            });
        } catch (FailedRequestException rolledBack) {
            LOG.debug("A request was answered with a failure: what it did in atomicRequests was rolled back");
        }
    }

    /** {@return the exception that a framework made an answer of, as Spring MVC does; null if it tells of none} */
    private static @Nullable Object resolvedException(ServletRequest request) {
        Object shown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        return shown == null ? request.getAttribute(SPRING_EXCEPTION) : shown;
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
