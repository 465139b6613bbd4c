/** What is measured in nanoseconds, by JMH. */
@org.jspecify.annotations.NullMarked
package dev.mooring.benchmarks.jmh;
