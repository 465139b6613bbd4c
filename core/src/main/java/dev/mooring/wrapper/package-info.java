/** What one thread has on one database: its lease, its transaction, its open results and the one path of a statement. Works on the pool; not exported. */
package dev.mooring.wrapper;
