/** Events for the JDK's flight recorder. Not exported. */
package dev.mooring.jfr;
