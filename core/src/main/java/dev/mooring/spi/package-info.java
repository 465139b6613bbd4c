/** What the author of a backend implements: small parts, each making one decision, put together in a {@code Backend}. */
package dev.mooring.spi;
