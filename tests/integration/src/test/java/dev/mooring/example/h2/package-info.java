/** The backend that {@code docs/guide-backend-author.md} builds, for H2: from the public SPI alone. */
@org.jspecify.annotations.NullMarked
package dev.mooring.example.h2;
