package dev.mooring.demo;

import dev.mooring.ConnectionCounts;
import java.util.OptionalInt;

/**
 * What one run of the experiment showed.
 *
 * @param counts our own counts after the last request, before all connections were closed
 * @param serverPeak the most connections open at once as the other side saw it; empty if it cannot tell
 * @param serverUnit what the other side counts
 * @param descriptors the open descriptors of this process
 */
record ScenarioResult(
        Outcome outcome,
        ConnectionCounts counts,
        OptionalInt serverPeak,
        String serverUnit,
        Descriptors.Span descriptors) {}
