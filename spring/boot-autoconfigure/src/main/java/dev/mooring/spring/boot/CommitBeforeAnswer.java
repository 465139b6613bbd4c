package dev.mooring.spring.boot;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.HandlerMethodReturnValueHandlerComposite;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Commits the transactions of the request when a handler method has returned, before its value is written to the client or goes on
 * asynchronously. Thread-safe.
 */
final class CommitBeforeAnswer implements HandlerMethodReturnValueHandler {

    /** The request's attribute that has the {@link AnswerAfterCommit} of the handler which runs. */
    static final String ANSWER = AnswerAfterCommit.class.getName();

    private final HandlerMethodReturnValueHandlerComposite handlers = new HandlerMethodReturnValueHandlerComposite();

    CommitBeforeAnswer(List<HandlerMethodReturnValueHandler> handlers) {
        this.handlers.addHandlers(handlers);
    }

    @Override
    public boolean supportsReturnType(MethodParameter type) {
        return handlers.supportsReturnType(type);
    }

    @Override
    public void handleReturnValue(
            @Nullable Object value, MethodParameter type, ModelAndViewContainer container, NativeWebRequest request)
            throws Exception {
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        if (http != null && http.getAttribute(ANSWER) instanceof AnswerAfterCommit answer) {
            answer.commit();
        }
        handlers.handleReturnValue(value, type, container, request);
    }
}
