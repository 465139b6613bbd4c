package dev.mooring.parity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which of Django's own tests this one stands for, by their numbers in {@code django-checklist.txt}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Django {

    /** The numbers, such as {@code TX-03}. */
    String[] value();

    /** What we do better on purpose, which this test pins. */
    String better() default "";

    /** What is other than in Django without being better, and why. */
    String differs() default "";

    /** What is other under our default scope, {@code OPERATION}, than under {@code THREAD}. */
    String underOperation() default "";
}
