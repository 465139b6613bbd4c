/** A test database for JUnit, a driver that fails on purpose, and the check that nothing was left behind. */
package dev.mooring.kit;
