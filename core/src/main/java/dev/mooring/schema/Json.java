package dev.mooring.schema;

import static java.util.Objects.requireNonNull;

/**
 * A JSON document as text, for a parameter of {@link ColumnType#JSON} and for {@code row.get(name, Json.class)}. Neither
 * checked nor parsed here: the database refuses what is none, and any JSON library makes values of the text.
 *
 * @param text the document; equal are equal texts, spaces and the order of keys included
 */
public record Json(String text) {

    /** Takes the document as it is. */
    public Json {
        requireNonNull(text, "text");
    }

    /** {@return the document} */
    @Override
    public String toString() {
        return text;
    }
}
