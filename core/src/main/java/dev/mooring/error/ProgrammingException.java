package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/** The statement is wrong: a missing table, bad syntax, a wrong number of parameters. */
public class ProgrammingException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    ProgrammingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
