package dev.mooring.transactions;

import dev.mooring.kit.MariadbServer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test class that needs MariaDB's server. Where none is installed it is not run, and that is said by its name. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(RequiresMariadb.Condition.class)
public @interface RequiresMariadb {

    /** Looks once for each class. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return MariadbServer.isInstalled() || context.getTestMethod().isPresent()
                    ? ConditionEvaluationResult.enabled("MariaDB's server is installed")
                    : ConditionEvaluationResult.disabled(
                            TestDatabases.notRun(context.getRequiredTestClass().getName()));
        }
    }
}
