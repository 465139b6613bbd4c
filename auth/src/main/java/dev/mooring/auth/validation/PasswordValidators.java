package dev.mooring.auth.validation;

import dev.mooring.auth.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules for new passwords: Django's {@code validate_password}.
 *
 * <p>Neither {@code createUser} nor {@code authenticate} asks them, as in Django: whoever takes a password from a form does.
 * Immutable and thread-safe.
 */
public final class PasswordValidators {

    private static final int DEFAULT_LENGTH = 8;
    private static final double DEFAULT_SIMILARITY = 0.7;
    private static final List<String> DEFAULT_FIELDS = List.of("username", "first_name", "last_name", "email");

    private final List<PasswordValidator> validators;

    private PasswordValidators(List<PasswordValidator> validators) {
        this.validators = validators;
    }

    /** {@return the four that {@code startproject} puts into Django's settings} */
    public static PasswordValidators defaults() {
        return of(userAttributeSimilarity(), minimumLength(DEFAULT_LENGTH), common(), numeric());
    }

    /** {@return these validators, asked in this order} */
    public static PasswordValidators of(PasswordValidator... validators) {
        return new PasswordValidators(List.of(validators));
    }

    /** {@return a rule against passwords that look like name, first name, last name or e-mail address of the user} */
    public static PasswordValidator userAttributeSimilarity() {
        return userAttributeSimilarity(DEFAULT_FIELDS, DEFAULT_SIMILARITY);
    }

    /**
     * {@return the same for other fields}
     *
     * @param fields by Django's names; {@code username}, {@code first_name}, {@code last_name} and {@code email} of a {@link User}
     * @param maxSimilarity from 0.1; above 1 nothing is refused
     */
    public static PasswordValidator userAttributeSimilarity(List<String> fields, double maxSimilarity) {
        return new UserAttributeSimilarity(fields, maxSimilarity);
    }

    /** {@return a rule against passwords of fewer characters} */
    public static PasswordValidator minimumLength(int characters) {
        return new MinimumLength(characters);
    }

    /** {@return a rule against the almost 20,000 most common passwords} */
    public static PasswordValidator common() {
        return new CommonPassword(CommonPassword.djangos());
    }

    /** {@return the same for a list of your own, in lower case} */
    public static PasswordValidator common(Set<String> passwords) {
        return new CommonPassword(Set.copyOf(passwords));
    }

    /** {@return a rule against passwords of digits alone} */
    public static PasswordValidator numeric() {
        return new NumericPassword();
    }

    /**
     * {@return what is wrong with the password, in the order of the validators; nothing if it is good}
     *
     * @param attributes what is known of the user, by Django's names, such as {@code username}; may be empty
     */
    public List<PasswordProblem> problems(String password, Map<String, String> attributes) {
        return validators.stream()
                .map(validator -> validator.validate(password, attributes))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Refuses a password that breaks a rule.
     *
     * @param attributes as for {@link #problems}, for a user who does not exist yet
     * @throws InvalidPasswordException with all that is wrong
     */
    public void validate(String password, Map<String, String> attributes) {
        List<PasswordProblem> problems = problems(password, attributes);
        if (!problems.isEmpty()) {
            throw new InvalidPasswordException(problems);
        }
    }

    /** As {@link #validate(String, Map)}, for a user who exists. */
    public void validate(String password, User user) {
        validate(
                password,
                Map.of(
                        "username", user.username(),
                        "first_name", user.firstName(),
                        "last_name", user.lastName(),
                        "email", user.email()));
    }

    /** {@return the rules, a sentence each} */
    public List<String> helpTexts() {
        return validators.stream().map(PasswordValidator::helpText).toList();
    }
}
