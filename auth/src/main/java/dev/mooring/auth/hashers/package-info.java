/** Django's password hashes: every format that Django reads or writes. Knows nothing of users. */
package dev.mooring.auth.hashers;
