package dev.mooring.auth.validation;

import java.util.Map;
import java.util.Optional;

/** One rule for new passwords: an entry of Django's {@code AUTH_PASSWORD_VALIDATORS}. Must be thread-safe. */
public interface PasswordValidator {

    /**
     * {@return why the password is refused; empty if it is good} The text must not hold the password.
     *
     * @param attributes what is known of the user, by Django's names, such as {@code username}; may be empty
     */
    Optional<PasswordProblem> validate(String password, Map<String, String> attributes);

    /** {@return the rule in a sentence, for the form that asks for a password} */
    String helpText();
}
