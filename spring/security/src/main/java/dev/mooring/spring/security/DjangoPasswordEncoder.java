package dev.mooring.spring.security;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.hashers.PasswordHashers;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Makes and checks password hashes of Django's.
 *
 * <p>It bounds the length of passwords, the work that a stored hash may ask for, and how many hashes are computed at once, as
 * {@link PasswordHashers} does. Whatever cannot match, such as an unusable or malformed hash, takes as long as a wrong
 * password. Thread-safe.
 */
public final class DjangoPasswordEncoder implements PasswordEncoder {

    private final PasswordHashers hashers;

    /** Makes one that hashes as {@code hashers} do. */
    public DjangoPasswordEncoder(PasswordHashers hashers) {
        this.hashers = requireNonNull(hashers, "hashers");
    }

    /**
     * {@return the text to store; null for null, as Spring Security has it}
     *
     * @throws IllegalArgumentException if the password cannot be hashed: see {@link PasswordHashers#encode(String)}
     */
    @Override
    public @Nullable String encode(@Nullable CharSequence rawPassword) {
        return rawPassword == null ? null : hashers.encode(rawPassword.toString());
    }

    @Override
    public boolean matches(@Nullable CharSequence rawPassword, @Nullable String encodedPassword) {
        return hashers.check(rawPassword == null ? null : rawPassword.toString(), encodedPassword)
                .isCorrect();
    }

    /** {@return whether a login should replace the hash; never with {@link PasswordHashers#defaults()}} */
    @Override
    public boolean upgradeEncoding(@Nullable String encodedPassword) {
        return encodedPassword != null && hashers.mustUpdate(encodedPassword);
    }
}
