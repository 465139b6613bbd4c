/** Django's migrations: the ledger of what was applied, the graph of what there is, and what brings them together. */
package dev.mooring.migrations;
