/** Metrics of OpenTelemetry for {@link dev.mooring.Databases}. */
package dev.mooring.opentelemetry;
