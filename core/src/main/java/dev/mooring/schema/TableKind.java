package dev.mooring.schema;

/** What a name that can be selected from stands for. */
public enum TableKind {
    /** An ordinary table, a partitioned one, or a foreign one: Django's {@code t}. */
    TABLE('t'),
    /** A view: Django's {@code v}. */
    VIEW('v'),
    /** A view that is stored: Django's {@code v} too. */
    MATERIALIZED_VIEW('v'),
    /** A part of a partitioned table: Django's {@code p}. */
    PARTITION('p');

    private final char code;

    TableKind(char code) {
        this.code = code;
    }

    /** {@return Django's letter for it} */
    public char code() {
        return code;
    }
}
