package dev.mooring.auth.validation;

import java.util.Map;
import java.util.Optional;

/** Django's {@code NumericPasswordValidator}, with the digits of all scripts. */
final class NumericPassword implements PasswordValidator {

    @Override
    public Optional<PasswordProblem> validate(String password, Map<String, String> attributes) {
        boolean numeric = !password.isEmpty() && password.codePoints().allMatch(Letters::isDigit);
        return numeric
                ? Optional.of(new PasswordProblem("password_entirely_numeric", "This password is entirely numeric."))
                : Optional.empty();
    }

    @Override
    public String helpText() {
        return "Your password can’t be entirely numeric.";
    }
}
