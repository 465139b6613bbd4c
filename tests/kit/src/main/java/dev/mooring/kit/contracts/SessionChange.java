package dev.mooring.kit.contracts;

import java.util.List;

/**
 * Something that a session remembers.
 *
 * @param statements the statements that change it
 * @param look a query that answers, or fails, differently afterwards
 */
public record SessionChange(List<String> statements, String look) {

    /** {@return the change that one statement makes} */
    public static SessionChange of(String statement, String look) {
        return new SessionChange(List.of(statement), look);
    }
}
