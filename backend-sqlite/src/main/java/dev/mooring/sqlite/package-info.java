/** SQLite through sqlite-jdbc. Users name the engine {@code sqlite3}; the one public type is its provider. */
package dev.mooring.sqlite;
