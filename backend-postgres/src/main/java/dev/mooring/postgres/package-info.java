/** PostgreSQL through pgjdbc. Users name the engine {@code postgresql}; the one public type is its provider. */
package dev.mooring.postgres;
