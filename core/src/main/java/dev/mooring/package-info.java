/** Django's database layer: connections by alias, units of work, {@code atomic} and its hooks, cursors. */
package dev.mooring;
