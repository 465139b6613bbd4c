package dev.mooring.jdbc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a subclass generated for each of these interfaces of JDBC, such as {@code ResultSetDelegate}, by the annotation processor
 * in the module {@code delegates}. A method of the interface that the annotated class has calls that one, every other the
 * driver's; both enter the connection before and leave it afterwards.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
@interface Delegates {

    Class<?>[] value();
}
