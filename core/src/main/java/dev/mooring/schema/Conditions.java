package dev.mooring.schema;

/** Conditions in SQL, in which only quoted identifiers are understood. */
final class Conditions {

    private Conditions() {}

    static String renamed(String condition, String from, String to) {
        return condition.replace(quoted(from), quoted(to));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
