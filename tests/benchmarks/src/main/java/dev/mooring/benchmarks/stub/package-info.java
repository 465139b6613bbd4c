/** A JDBC driver without a database behind it. */
@org.jspecify.annotations.NullMarked
package dev.mooring.benchmarks.stub;
