package dev.mooring.schema;

/**
 * An index or a trigger that goes when its table does, and so is lost when the table is built anew.
 *
 * @param name its name
 * @param trigger whether it is a trigger, or else an index
 * @param sql the statement that makes it
 */
public record Attachment(String name, boolean trigger, String sql) {}
