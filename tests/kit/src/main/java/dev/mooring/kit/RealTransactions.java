package dev.mooring.kit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a test, or all tests of a class, run without a transaction around it: what it commits is committed, commit hooks run,
 * and other threads see it. Django's {@code TransactionTestCase}. Afterwards the database is thrown away and copied anew
 * from the original, so the next test finds what migrations put there, and sequences where they were.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface RealTransactions {}
