package dev.mooring.schema;

import org.jspecify.annotations.Nullable;

/**
 * What numbers the rows of a table.
 *
 * @param name the name; null where sequences have none
 * @param table the table
 * @param column the column that gets the numbers
 */
public record SequenceInfo(@Nullable String name, String table, String column) {}
