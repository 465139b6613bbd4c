/** Connections open against requests served, for ticket #30441: the plot of the README. */
@org.jspecify.annotations.NullMarked
package dev.mooring.benchmarks.ticket;
