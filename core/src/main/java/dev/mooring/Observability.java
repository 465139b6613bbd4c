package dev.mooring;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * What all databases of a {@link Databases} use to observe statements.
 *
 * @param nanoTime the exact time
 * @param wrappers the execute wrappers, outermost first
 * @param redactor what hides parameter values that must not be logged
 */
record Observability(LongSupplier nanoTime, List<ExecuteWrapper> wrappers, ParameterRedactor redactor) {}
