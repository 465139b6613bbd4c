package dev.mooring.schema;

/**
 * What a column holds, in words that every database has. A schema generator spells them as Django does.
 *
 * <p>Immutable; equal types hold the same.
 */
public final class ColumnType {

    /** The kinds of type. A generator that does not know one refuses it. */
    public enum Kind {
        /** A whole number of 16 bits. */
        SMALLINT,
        /** A whole number of 32 bits. */
        INTEGER,
        /** A whole number of 64 bits. */
        BIGINT,
        /** A {@link #SMALLINT} that a check keeps from being negative. */
        POSITIVE_SMALLINT,
        /** An {@link #INTEGER} that a check keeps from being negative. */
        POSITIVE_INTEGER,
        /** A {@link #BIGINT} that a check keeps from being negative. */
        POSITIVE_BIGINT,
        /** A binary floating-point number of 64 bits. */
        FLOAT,
        /** A decimal number of {@link ColumnType#precision()} digits, {@link ColumnType#scale()} of them fractional. */
        DECIMAL,
        /** Characters, at most {@link ColumnType#length()} of them. */
        VARCHAR,
        /** Characters without a limit. */
        TEXT,
        /** True or false. */
        BOOLEAN,
        /** A day. */
        DATE,
        /** A time of day, without a zone. */
        TIME,
        /** A point in time: with time zone where the database has that, in UTC elsewhere. */
        TIMESTAMP,
        /** A length of time: in microseconds where the database has no interval. */
        DURATION,
        /** A UUID: 32 hexadecimal digits where the database has no such type. */
        UUID,
        /** A JSON document: text with a check where the database has no such type. */
        JSON,
        /** Bytes. */
        BINARY,
        /** An IPv4 or IPv6 address. */
        INET
    }

    /** A whole number of 16 bits. */
    public static final ColumnType SMALLINT = plain(Kind.SMALLINT);
    /** A whole number of 32 bits. */
    public static final ColumnType INTEGER = plain(Kind.INTEGER);
    /** A whole number of 64 bits. */
    public static final ColumnType BIGINT = plain(Kind.BIGINT);
    /** A whole number of 16 bits, not negative. */
    public static final ColumnType POSITIVE_SMALLINT = plain(Kind.POSITIVE_SMALLINT);
    /** A whole number of 32 bits, not negative. */
    public static final ColumnType POSITIVE_INTEGER = plain(Kind.POSITIVE_INTEGER);
    /** A whole number of 64 bits, not negative. */
    public static final ColumnType POSITIVE_BIGINT = plain(Kind.POSITIVE_BIGINT);
    /** A floating-point number of 64 bits. */
    public static final ColumnType FLOAT = plain(Kind.FLOAT);
    /** Characters without a limit. */
    public static final ColumnType TEXT = plain(Kind.TEXT);
    /** True or false. */
    public static final ColumnType BOOLEAN = plain(Kind.BOOLEAN);
    /** A day. */
    public static final ColumnType DATE = plain(Kind.DATE);
    /** A time of day. */
    public static final ColumnType TIME = plain(Kind.TIME);
    /** A point in time. */
    public static final ColumnType TIMESTAMP = plain(Kind.TIMESTAMP);
    /** A length of time. */
    public static final ColumnType DURATION = plain(Kind.DURATION);
    /** A UUID. */
    public static final ColumnType UUID = plain(Kind.UUID);
    /** A JSON document. */
    public static final ColumnType JSON = plain(Kind.JSON);
    /** Bytes. */
    public static final ColumnType BINARY = plain(Kind.BINARY);
    /** An IP address. */
    public static final ColumnType INET = plain(Kind.INET);

    private final Kind kind;
    private final int size;
    private final int scale;

    private ColumnType(Kind kind, int size, int scale) {
        this.kind = kind;
        this.size = size;
        this.scale = scale;
    }

    private static ColumnType plain(Kind kind) {
        return new ColumnType(kind, 0, 0);
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
        return new ColumnType(Kind.VARCHAR, length, 0);
    }

    /**
     * {@return the type of decimal numbers of {@code precision} digits, {@code scale} of them after the point}
     *
     * @throws IllegalArgumentException if {@code precision} is not positive, or {@code scale} not from 0 to it
     */
    public static ColumnType decimal(int precision, int scale) {
        if (precision <= 0 || scale < 0 || scale > precision) {
            throw new IllegalArgumentException(
                    "decimal(precision, scale) needs precision >= 1 and 0 <= scale <= precision, but was decimal("
                            + precision + ", " + scale + ")");
        }
        return new ColumnType(Kind.DECIMAL, precision, scale);
    }

    /**
     * {@return the type of a column that refers to one of this type, as Django has it} A number that a check keeps from
     * being negative needs no second check where it is referred to.
     */
    ColumnType referring() {
        return switch (kind) {
            case POSITIVE_SMALLINT -> SMALLINT;
            case POSITIVE_INTEGER -> INTEGER;
            case POSITIVE_BIGINT -> BIGINT;
            default -> this;
        };
    }

    /** {@return the kind} */
    public Kind kind() {
        return kind;
    }

    /** {@return the number of characters of a {@link Kind#VARCHAR}; zero for any other kind} */
    public int length() {
        return kind == Kind.VARCHAR ? size : 0;
    }

    /** {@return the number of digits of a {@link Kind#DECIMAL}; zero for any other kind} */
    public int precision() {
        return kind == Kind.DECIMAL ? size : 0;
    }

    /** {@return the number of digits after the point of a {@link Kind#DECIMAL}; zero for any other kind} */
    public int scale() {
        return scale;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ColumnType that && kind == that.kind && size == that.size && scale == that.scale;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * kind.hashCode() + size) + scale;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case VARCHAR -> "VARCHAR(" + size + ")";
            case DECIMAL -> "DECIMAL(" + size + ", " + scale + ")";
            default -> kind.name();
        };
    }
}
