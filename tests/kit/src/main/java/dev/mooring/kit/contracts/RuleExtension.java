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
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/** Runs the tests of a contract: notes what became of each rule, and turns the failures of known gaps into passes. */
final class RuleExtension
        implements InvocationInterceptor, LifecycleMethodExecutionExceptionHandler, TestWatcher, AfterAllCallback {

    private static final Namespace STORE = Namespace.create(RuleExtension.class);
    private static final String GAP = "gap";

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
            if (rule.isEmpty()) {
                throw e;
            }
            Results results = results(context);
            if (!results.isGap(rule.get(), e)) {
                results.failed(rule.get(), context.getDisplayName());
                throw results.unexpected(rule.get(), e);
            }
            ofMethod(context).ifPresent(method -> method.getStore(STORE).put(GAP, true));
            return;
        }
        rule.ifPresent(kept -> results(context).passed(kept));
    }

    /** What a test that failed as expected leaves behind is a part of its gap. */
    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Optional<Rule> rule = rule(context);
        boolean expected = context.getStore(STORE).get(GAP) != null
                || (rule.isPresent() && results(context).isGap(rule.get(), failure));
        if (!expected) {
            throw failure;
        }
    }

    /** Also of a test that did not begin, since what was to be done before it failed. No gap says so much. */
    @Override
    public void testFailed(ExtensionContext context, Throwable failure) {
        if (context.getTestInstances().isPresent()) {
            rule(context).ifPresent(rule -> results(context).failed(rule, context.getDisplayName()));
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
        return ofMethod(context).flatMap(ExtensionContext::getTestMethod).flatMap(Rule::of);
    }

    private static Optional<ExtensionContext> ofMethod(ExtensionContext context) {
        Optional<ExtensionContext> each = Optional.of(context);
        while (each.isPresent() && each.get().getTestMethod().isEmpty()) {
            each = each.get().getParent();
        }
        return each;
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
