package dev.mooring.schema;

import org.jspecify.annotations.Nullable;

/**
 * A column, as the database has it. The fields are those of Django's {@code FieldInfo}, without the display size, which
 * no driver tells.
 *
 * @param name the name, not quoted
 * @param type the type as declared
 * @param typeCode the number of the type, where types have numbers; else zero
 * @param internalSize the size: characters where the length is limited, bytes of a fixed size, -1 if there is no limit
 * @param precision the number of digits of a decimal
 * @param scale the number of digits after the point
 * @param nullable whether null is allowed
 * @param defaultValue the expression that gives a default value
 * @param collation the collation, if it is not the usual one
 * @param autoField whether the database numbers its rows
 * @param comment what somebody noted about it
 * @param primaryKey whether it belongs to the primary key
 * @param jsonConstraint whether a check keeps it JSON, where the type does not say so
 */
public record ColumnInfo(
        String name,
        String type,
        int typeCode,
        @Nullable Integer internalSize,
        @Nullable Integer precision,
        @Nullable Integer scale,
        boolean nullable,
        @Nullable String defaultValue,
        @Nullable String collation,
        boolean autoField,
        @Nullable String comment,
        boolean primaryKey,
        boolean jsonConstraint) {}
