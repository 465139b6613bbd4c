/** Meters of Micrometer for {@link dev.mooring.Databases}. */
package dev.mooring.micrometer;
