/** Mooring's transactions and errors as Spring's. Of Spring Boot nothing is needed here. */
@org.jspecify.annotations.NullMarked
package dev.mooring.spring;
