/** Exceptions, tables and JSON as text. */
@NullMarked
package dev.mooring.demo.text;

import org.jspecify.annotations.NullMarked;
