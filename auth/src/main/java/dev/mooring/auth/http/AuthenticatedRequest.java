package dev.mooring.auth.http;

import dev.mooring.Databases;
import dev.mooring.auth.User;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request whose remote user is the one of the session, and whose asynchronous part keeps our response and units. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

    private final CommittingResponse response;
    private final Databases databases;
    private boolean asynchronous;

    AuthenticatedRequest(HttpServletRequest request, CommittingResponse response, Databases databases) {
        super(request);
        this.response = response;
        this.databases = databases;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return response.auth().user().map(User::username).orElseGet(super::getRemoteUser);
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return response.auth().user().<Principal>map(user -> user::username).orElseGet(super::getUserPrincipal);
    }

    /** Without arguments, the container would go on with the request and the response that it knows. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
        asynchronous = true;
        AsyncContext context = super.startAsync(request, answer);
        context.addListener(new Completion());
        return new Context(context);
    }

    /** {@return whether the request goes on, or went on, behind this dispatch: then that saves the session} */
    boolean wentAsynchronous() {
        return asynchronous;
    }

    @Override
    public AsyncContext getAsyncContext() {
        return new Context(super.getAsyncContext());
    }

    /** Saves what is left to be saved, in a unit of work on whatever thread the container ends the request. */
    private final class Completion implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            databases.inUnitOfWork(response::finish).run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            response.abandon();
        }

        @Override
        public void onError(AsyncEvent event) {
            response.abandon();
        }

        /** The container forgets listeners then; {@link #startAsync} adds another. */
        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private final class Context implements AsyncContext {

        private final AsyncContext context;

        Context(AsyncContext context) {
            this.context = context;
        }

        /** Saves first: once completed, no cookie can be set. */
        @Override
        public void complete() {
            try {
                databases.inUnitOfWork(response::finish).run();
            } finally {
                context.complete();
            }
        }

        @Override
        public void start(Runnable run) {
            context.start(databases.inUnitOfWork(run));
        }

        @Override
        public ServletRequest getRequest() {
            return context.getRequest();
        }

        @Override
        public ServletResponse getResponse() {
            return context.getResponse();
        }

        @Override
        public boolean hasOriginalRequestAndResponse() {
            return context.hasOriginalRequestAndResponse();
        }

        @Override
        public void dispatch() {
            context.dispatch();
        }

        @Override
        public void dispatch(String path) {
            context.dispatch(path);
        }

        @Override
        public void dispatch(ServletContext other, String path) {
            context.dispatch(other, path);
        }

        @Override
        public void addListener(AsyncListener listener) {
            context.addListener(listener);
        }

        @Override
        public void addListener(AsyncListener listener, ServletRequest request, ServletResponse answer) {
            context.addListener(listener, request, answer);
        }

        @Override
        public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
            return context.createListener(type);
        }

        @Override
        public void setTimeout(long timeout) {
            context.setTimeout(timeout);
        }

        @Override
        public long getTimeout() {
            return context.getTimeout();
        }
    }
}
