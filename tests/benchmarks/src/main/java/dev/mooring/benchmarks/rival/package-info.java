/** Mooring and its peers behind one interface. */
@org.jspecify.annotations.NullMarked
package dev.mooring.benchmarks.rival;
