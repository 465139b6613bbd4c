package dev.mooring.spring.boot;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.stereotype.Controller;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Puts the transactions of {@link AtomicRequests} around the handlers of Spring MVC that an application writes, methods of controllers,
 * functions, and beans that are a {@code Controller} or {@code HttpRequestHandler}, as Django does around views: they are committed before anything is made of the value, and rolled back if an exception
 * leaves the handler. Interceptors, views and what makes an answer of an exception are outside of them. Thread-safe.
 */
final class AtomicHandlerAdapter implements HandlerAdapter, Ordered {

    private static final long UNKNOWN = -1;

    private final AtomicRequests requests;

    /** Those of the application, in order; none if no database has the setting. */
    private final List<HandlerAdapter> adapters;

    /** By the context of each {@code DispatcherServlet}: one with a configuration of its own has others. */
    private final Map<ApplicationContext, List<HandlerAdapter>> adaptersOfServlets = new ConcurrentHashMap<>();

    /** @param adapters the other ones of the application, in order; those of methods commit from now on before they answer */
    AtomicHandlerAdapter(AtomicRequests requests, List<HandlerAdapter> adapters) {
        this.requests = requests;
        this.adapters = committing(adapters);
    }

    private static List<HandlerAdapter> committing(List<HandlerAdapter> adapters) {
        for (HandlerAdapter each : adapters) {
            if (each instanceof RequestMappingHandlerAdapter methods) {
                List<HandlerMethodReturnValueHandler> handlers = methods.getReturnValueHandlers();
                if (handlers != null && handlers.stream().noneMatch(CommitBeforeAnswer.class::isInstance)) {
                    methods.setReturnValueHandlers(List.of(new CommitBeforeAnswer(handlers)));
                }
            }
        }
        return List.copyOf(adapters);
    }

    private List<HandlerAdapter> adapters(HttpServletRequest request) {
        return request.getAttribute(DispatcherServlet.WEB_APPLICATION_CONTEXT_ATTRIBUTE)
                        instanceof ApplicationContext context
                ? adaptersOfServlets.computeIfAbsent(context, this::adapters)
                : adapters;
    }

    private List<HandlerAdapter> adapters(ApplicationContext context) {
        List<HandlerAdapter> found = new ArrayList<>(
                BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerAdapter.class, true, false)
                        .values());
        found.removeIf(AtomicHandlerAdapter.class::isInstance);
        AnnotationAwareOrderComparator.sort(found);
        return committing(found);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Object handler) {
        for (HandlerAdapter each : adapters) {
            if (each.supports(handler)) {
                return isOfApplication(handler);
            }
        }
        return false;
    }

    /** Neither the methods of the actuator's endpoints, which must not wait for a connection, nor what Spring serves files with. */
    private static boolean isOfApplication(Object handler) {
        if (handler instanceof HandlerMethod method) {
            return AnnotatedElementUtils.hasAnnotation(method.getBeanType(), Controller.class);
        }
        return handler instanceof HandlerFunction
                || ((handler instanceof org.springframework.web.servlet.mvc.Controller
                                || handler instanceof HttpRequestHandler)
                        && !AopUtils.getTargetClass(handler).getName().startsWith("org.springframework."));
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        HandlerAdapter adapter = adapters(request).stream()
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
        AnswerAfterCommit ofForwarding = (AnswerAfterCommit) request.getAttribute(CommitBeforeAnswer.ANSWER);
        if (ofForwarding != null) {
            ofForwarding.inAnother(true);
        }
        try (RequestTransactions transactions = requests.begin(handler)) {
            AnswerAfterCommit answer = new AnswerAfterCommit(response, transactions);
            request.setAttribute(CommitBeforeAnswer.ANSWER, answer);
            ModelAndView view = adapter.handle(request, answer, committing(handler, answer));
            answer.commit();
            return view;
        } finally {
            request.setAttribute(CommitBeforeAnswer.ANSWER, ofForwarding);
            if (ofForwarding != null) {
                ofForwarding.inAnother(false);
            }
        }
    }

    /** {@return the handler; a function also commits, since its adapter writes the answer that it returns} */
    private static Object committing(Object handler, AnswerAfterCommit answer) {
        if (!(handler instanceof HandlerFunction<?> function)) {
            return handler;
        }
        return (HandlerFunction<ServerResponse>) request -> {
            ServerResponse response = function.handle(request);
            answer.commit();
            return response;
        };
    }

    /** Has to be there in Spring Framework 6; these handlers never know. */
    public long getLastModified(HttpServletRequest request, Object handler) {
        return UNKNOWN;
    }
}
