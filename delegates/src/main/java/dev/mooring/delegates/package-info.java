/** Writes the classes that stand before the objects of a JDBC driver, while core is compiled. No part of what is published. */
@NullMarked
package dev.mooring.delegates;

import org.jspecify.annotations.NullMarked;
