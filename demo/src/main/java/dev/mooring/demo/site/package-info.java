/** The pages that {@code runserver} serves. */
@NullMarked
package dev.mooring.demo.site;

import org.jspecify.annotations.NullMarked;
