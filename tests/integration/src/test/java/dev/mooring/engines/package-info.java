/** The databases that the tests run on, as the kit describes a backend. */
package dev.mooring.engines;
