package dev.mooring.kit.contracts;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Runs the tests of a contract: notes what became of each rule, and turns the failures of known gaps into passes. */
final class RuleExtension implements InvocationInterceptor, LifecycleMethodExecutionExceptionHandler, AfterAllCallback {

    private static final Namespace STORE = Namespace.create(RuleExtension.class);

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(test, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(test, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> test, DynamicTestInvocationContext invocation, ExtensionContext context) throws Throwable {
        run(test, context);
    }

    private static void run(Invocation<Void> test, ExtensionContext context) throws Throwable {
        Optional<Rule> rule = rule(context);
        try {
            test.proceed();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable e) {
            if (rule.isEmpty() || !results(context).failed(rule.get())) {
                throw e;
            }
            return;
        }
        rule.ifPresent(kept -> results(context).passed(kept));
    }

    /** What a test that failed as expected leaves behind is a part of its gap. */
    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Optional<Rule> rule = rule(context);
        if (rule.isEmpty() || !results(context).failed(rule.get())) {
            throw failure;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Results results = context.getStore(STORE).get(Results.class, Results.class);
        if (results != null) {
            results.end(ComplianceReport.of(context));
        }
    }

    /** {@return the rule that the test of this context, or the one that made it, stands for} */
    private static Optional<Rule> rule(ExtensionContext context) {
        for (Optional<ExtensionContext> each = Optional.of(context);
                each.isPresent();
                each = each.get().getParent()) {
            Optional<Method> method = each.get().getTestMethod();
            if (method.isPresent()) {
                return Rule.of(method.get());
            }
        }
        return Optional.empty();
    }

    private static Results results(ExtensionContext context) {
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent() || ofClass.getTestClass().isEmpty()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        OnBackend test =
                context.getRequiredTestInstances().findInstance(OnBackend.class).orElseThrow();
        return ofClass.getStore(STORE)
                .getOrComputeIfAbsent(
                        Results.class, unused -> new Results(test.backend(), test.getClass()), Results.class);
    }
}
