package dev.mooring.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps the requests of a handler method, or of all methods of a controller, out of the transactions that the setting
 * {@code atomic-requests} puts around them under Spring MVC: Django's {@code non_atomic_requests}. On a method it counts more than on
 * its class. On the class of a {@code HandlerFunction} it counts unless a filter is around the function.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface NonAtomicRequest {

    /** {@return the aliases of the databases whose transaction is not wanted; none for all} */
    String[] value() default {};
}
