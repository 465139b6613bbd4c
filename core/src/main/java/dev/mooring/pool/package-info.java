/** Parked connections, leases and waiters. Knows no SQL and no transactions; not exported. */
package dev.mooring.pool;
