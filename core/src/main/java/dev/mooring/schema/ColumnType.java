package dev.mooring.schema;

/**
 * What a column holds, in words that every database has. A schema generator spells them.
 *
 * <p>Immutable; equal types hold the same.
 */
public final class ColumnType {

    /** The kinds of type. A generator that does not know one refuses it. */
    public enum Kind {
        /** A whole number of 32 bits. */
        INTEGER,
        /** Characters, at most {@link ColumnType#length()} of them. */
        VARCHAR,
        /** Characters without a limit. */
        TEXT,
        /** True or false. */
        BOOLEAN,
        /** A point in time: with time zone where the database has that, in UTC elsewhere. */
        TIMESTAMP
    }

    /** A whole number of 32 bits. */
    public static final ColumnType INTEGER = new ColumnType(Kind.INTEGER, 0);
    /** Characters without a limit. */
    public static final ColumnType TEXT = new ColumnType(Kind.TEXT, 0);
    /** True or false. */
    public static final ColumnType BOOLEAN = new ColumnType(Kind.BOOLEAN, 0);
    /** A point in time. */
    public static final ColumnType TIMESTAMP = new ColumnType(Kind.TIMESTAMP, 0);

    private final Kind kind;
    private final int length;

    private ColumnType(Kind kind, int length) {
        this.kind = kind;
        this.length = length;
    }

    /**
     * {@return the type of at most {@code length} characters}
     *
     * @throws IllegalArgumentException if {@code length} is not positive
     */
    public static ColumnType varchar(int length) {
        if (length <= 0) {
            throw new IllegalArgumentException("The length of a varchar must be positive, but was " + length);
        }
        return new ColumnType(Kind.VARCHAR, length);
    }

    /** {@return the kind} */
    public Kind kind() {
        return kind;
    }

    /** {@return the number of characters of a {@link Kind#VARCHAR}; zero for any other kind} */
    public int length() {
        return length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ColumnType that && kind == that.kind && length == that.length;
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + length;
    }

    @Override
    public String toString() {
        return kind == Kind.VARCHAR ? "VARCHAR(" + length + ")" : kind.name();
    }
}
