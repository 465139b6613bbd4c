/**
 * Mooring in a Spring Boot application: what is configured when it is on the class path. {@code docs/spring.md} tells all of it.
 */
@org.jspecify.annotations.NullMarked
package dev.mooring.spring.boot;
