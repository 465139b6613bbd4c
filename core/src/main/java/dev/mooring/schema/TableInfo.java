package dev.mooring.schema;

import org.jspecify.annotations.Nullable;

/**
 * A table or view, as the database has it.
 *
 * @param name the name, not quoted
 * @param kind what it is
 * @param comment what somebody noted about it
 */
public record TableInfo(
        String name, TableKind kind, @Nullable String comment) {}
