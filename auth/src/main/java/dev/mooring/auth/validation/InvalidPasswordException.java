package dev.mooring.auth.validation;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A password breaks rules: Django's {@code ValidationError} of {@code validate_password}. */
public final class InvalidPasswordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<PasswordProblem> problems;

    InvalidPasswordException(List<PasswordProblem> problems) {
        super(problems.stream().map(PasswordProblem::message).collect(joining(" ")));
        this.problems = List.copyOf(problems);
    }

    /** {@return all that is wrong, in the order of the validators} */
    public List<PasswordProblem> problems() {
        return problems;
    }
}
