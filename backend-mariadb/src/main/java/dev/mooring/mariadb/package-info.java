/** MariaDB through its own driver. Users name the engine {@code mariadb}; the one public type is its provider. */
package dev.mooring.mariadb;
