/** The program behind the script: runs ours and the peers in turn and judges. */
@org.jspecify.annotations.NullMarked
package dev.mooring.benchmarks.compare;
