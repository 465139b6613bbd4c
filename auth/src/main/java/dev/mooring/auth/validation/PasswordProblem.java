package dev.mooring.auth.validation;

/**
 * Why a password is refused.
 *
 * @param code Django's, such as {@code password_too_short}
 * @param message a sentence in English, as Django has it
 */
public record PasswordProblem(String code, String message) {}
