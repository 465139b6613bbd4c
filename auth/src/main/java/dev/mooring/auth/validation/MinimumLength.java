package dev.mooring.auth.validation;

import java.util.Map;
import java.util.Optional;

/** Django's {@code MinimumLengthValidator}; counts characters as Python does. */
final class MinimumLength implements PasswordValidator {

    private final int min;

    MinimumLength(int min) {
        this.min = min;
    }

    @Override
    public Optional<PasswordProblem> validate(String password, Map<String, String> attributes) {
        if (password.codePointCount(0, password.length()) >= min) {
            return Optional.empty();
        }
        return Optional.of(new PasswordProblem(
                "password_too_short", "This password is too short. It must contain at least " + characters() + "."));
    }

    @Override
    public String helpText() {
        return "Your password must contain at least " + characters() + ".";
    }

    private String characters() {
        return min + (min == 1 ? " character" : " characters");
    }
}
