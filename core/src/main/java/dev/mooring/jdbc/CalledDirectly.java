package dev.mooring.jdbc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A method that {@link Delegates} does not put anything before: it enters the connection itself, or waits for no other call. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
@interface CalledDirectly {}
