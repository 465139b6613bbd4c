package dev.mooring.spring.boot;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Puts the transactions of {@link AtomicRequests} around the handlers of Spring MVC that answer by a value, methods of controllers and
 * functions, as Django does around views: they are committed before anything is made of the value, and rolled back if an exception
 * leaves the handler. Interceptors, views and what makes an answer of an exception are outside of them. Thread-safe.
 */
final class AtomicHandlerAdapter implements HandlerAdapter, Ordered {

    private static final long UNKNOWN = -1;

    private final AtomicRequests requests;
    private final List<HandlerAdapter> adapters;

    /** @param adapters the other ones of the application, in order; those of methods commit from now on before they answer */
    AtomicHandlerAdapter(AtomicRequests requests, List<HandlerAdapter> adapters) {
        this.requests = requests;
        this.adapters = List.copyOf(adapters);
        for (HandlerAdapter each : adapters) {
            if (each instanceof RequestMappingHandlerAdapter methods && methods.getReturnValueHandlers() != null) {
                methods.setReturnValueHandlers(List.of(new CommitBeforeAnswer(methods.getReturnValueHandlers())));
            }
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Object handler) {
        return adapters.stream().anyMatch(adapter -> adapter.supports(handler)) && isOfApplication(handler);
    }

    /** Methods of the actuator's endpoints are not of controllers: they must not wait for a connection. */
    private static boolean isOfApplication(Object handler) {
        return handler instanceof HandlerFunction
                || (handler instanceof HandlerMethod method
                        && AnnotatedElementUtils.hasAnnotation(method.getBeanType(), Controller.class));
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        HandlerAdapter adapter = adapters.stream()
                .filter(each -> each.supports(handler))
                .findFirst()
                .orElseThrow();
        return isAnswerOnly(request)
                ? adapter.handle(request, response, handler)
                : handle(adapter, request, response, handler);
    }

    /** {@return whether the handler has run before, in this request, or is to tell of an error} */
    private static boolean isAnswerOnly(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR
                || WebAsyncUtils.getAsyncManager(request).hasConcurrentResult();
    }

    private @Nullable ModelAndView handle(
            HandlerAdapter adapter, HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        Object ofForwarding = request.getAttribute(CommitBeforeAnswer.TRANSACTIONS);
        try (RequestTransactions transactions = requests.begin(handler)) {
            request.setAttribute(CommitBeforeAnswer.TRANSACTIONS, transactions);
            ModelAndView view = adapter.handle(request, response, committing(handler, transactions));
            transactions.commit();
            return view;
        } finally {
            request.setAttribute(CommitBeforeAnswer.TRANSACTIONS, ofForwarding);
        }
    }

    /** {@return the handler; a function also commits, since its adapter writes the answer that it returns} */
    private static Object committing(Object handler, RequestTransactions transactions) {
        if (!(handler instanceof HandlerFunction<?> function)) {
            return handler;
        }
        return (HandlerFunction<ServerResponse>) request -> {
            ServerResponse response = function.handle(request);
            transactions.commit();
            return response;
        };
    }

    /** Has to be there in Spring Framework 6; these handlers never know. */
    public long getLastModified(HttpServletRequest request, Object handler) {
        return UNKNOWN;
    }
}
