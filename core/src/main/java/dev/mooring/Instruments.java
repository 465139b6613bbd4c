package dev.mooring;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * What is set up for all databases of a {@link Databases} to look at statements with.
 *
 * @param nanoTime the exact time
 * @param wrappers those around statements, the outermost first
 * @param redactor what leaves of parameters only what may be seen
 */
record Instruments(LongSupplier nanoTime, List<ExecuteWrapper> wrappers, ParameterRedactor redactor) {}
