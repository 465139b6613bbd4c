/** What is measured over seconds and many threads: fairness, crowds, writers. */
@org.jspecify.annotations.NullMarked
package dev.mooring.benchmarks.load;
