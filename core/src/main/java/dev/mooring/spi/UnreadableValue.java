package dev.mooring.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link ValueCodec.ValueReader} returns for a value that its column's Java type does not have, such as infinity or
 * the 30th of February. The row is read; asking it for this value throws a {@link dev.mooring.error.DataException}, and asking
 * for it as a {@code String} gives {@link #text()}. Immutable.
 *
 * @param text the value as the database writes it; null if that is not known
 * @param problem the end of the sentence "Column 'x' cannot be read: ...", with the way out and without the value, which may
 *     be a secret
 */
public record UnreadableValue(@Nullable String text, String problem) {

    /** {@return what is wrong, without the value} */
    @Override
    public String toString() {
        return "UnreadableValue[" + problem + "]";
    }
}
