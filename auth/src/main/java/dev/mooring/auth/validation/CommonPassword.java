package dev.mooring.auth.validation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Django's {@code CommonPasswordValidator} with its list. */
final class CommonPassword implements PasswordValidator {

    private final Set<String> passwords;

    CommonPassword(Set<String> passwords) {
        this.passwords = passwords;
    }

    /** {@return Django's list, which is read once} */
    static Set<String> djangos() {
        return DjangosList.PASSWORDS;
    }

    @Override
    public Optional<PasswordProblem> validate(String password, Map<String, String> attributes) {
        return passwords.contains(Letters.strip(password.toLowerCase(Locale.ROOT)))
                ? Optional.of(new PasswordProblem("password_too_common", "This password is too common."))
                : Optional.empty();
    }

    @Override
    public String helpText() {
        return "Your password can’t be a commonly used password.";
    }

    private static final class DjangosList {
        private static final Set<String> PASSWORDS = read();

        private static Set<String> read() {
            try (InputStream file = CommonPassword.class.getResourceAsStream("common-passwords.txt.gz")) {
                if (file == null) {
                    throw new IllegalStateException("The list of common passwords is missing from mooring-auth");
                }
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8));
                return lines.lines().map(Letters::strip).collect(Collectors.toUnmodifiableSet());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
