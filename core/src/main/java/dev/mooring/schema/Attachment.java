package dev.mooring.schema;

/**
 * An index, a trigger or a view that names a table. Indexes and triggers of the table go when it does, and so are lost when it
 * is built anew.
 *
 * @param name its name
 * @param kind what it is
 * @param sql the statement that makes it
 */
public record Attachment(String name, Kind kind, String sql) {

    /** What hangs on a table. */
    public enum Kind {
        /** An index of the table. */
        INDEX,
        /** A trigger of the table. */
        TRIGGER,
        /** A view that names the table, or a view that does. */
        VIEW,
        /** A trigger of another table or of a view, that names the table. */
        OTHER_TRIGGER
    }

    /** {@return whether it goes with its table} */
    public boolean isLostWithTable() {
        return kind == Kind.INDEX || kind == Kind.TRIGGER;
    }

    /** {@return what it is, in a word for an error} */
    public String what() {
        return kind == Kind.INDEX ? "index" : kind == Kind.VIEW ? "view" : "trigger";
    }
}
