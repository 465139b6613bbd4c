/** Finds what does not match between this program and a Django on the same database. */
@NullMarked
package dev.mooring.demo.check;

import org.jspecify.annotations.NullMarked;
