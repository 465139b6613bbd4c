/** Django's {@code authenticate()}, its users and its password hashes, on the tables that Django itself uses. */
package dev.mooring.auth;
