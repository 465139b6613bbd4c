package dev.mooring.auth;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.codec.ConstantTime;
import dev.mooring.auth.codec.Hmac;
import dev.mooring.auth.codec.Hmac.Algorithm;
import dev.mooring.auth.signing.SecretKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/**
 * Tokens for links that let a user set a new password: Django's {@code PasswordResetTokenGenerator}.
 *
 * <p>A token is worth nothing once the password or the e-mail address was changed or the user has logged in: nothing needs to
 * be stored. Made and checked for a user as just read. Safe for use by several threads.
 */
public final class PasswordResetTokens {

    /** How long a token lasts unless told otherwise: Django's default of {@code PASSWORD_RESET_TIMEOUT}. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofDays(3);

    private static final String SALT = "django.contrib.auth.tokens.PasswordResetTokenGenerator";
    private static final LocalDateTime EPOCH = LocalDateTime.of(2001, 1, 1, 0, 0);
    private static final DateTimeFormatter LAST_LOGIN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int BASE = 36;
    private static final int MOST_DIGITS = 11;

    private final List<Hmac> hmacs;
    private final Duration timeout;
    private final ZoneId zone;
    private final InstantSource clock;

    private PasswordResetTokens(SecretKeys keys, Duration timeout, ZoneId zone, InstantSource clock) {
        this.hmacs = keys.all().stream()
                .map(key -> Hmac.salted(Algorithm.SHA256, SALT, key.reveal()))
                .toList();
        this.timeout = requireNonNull(timeout, "timeout");
        this.zone = requireNonNull(zone, "zone");
        this.clock = requireNonNull(clock, "clock");
    }

    /** {@return one with Django's default timeout, for a Django whose {@code TIME_ZONE} is UTC} */
    public static PasswordResetTokens of(SecretKeys keys) {
        return of(keys, DEFAULT_TIMEOUT, ZoneOffset.UTC, Clock.systemUTC());
    }

    /**
     * {@return one with these settings}
     *
     * @param timeout Django's {@code PASSWORD_RESET_TIMEOUT}
     * @param zone Django's {@code TIME_ZONE}: a token holds the time of day there
     * @param clock what tells the time
     */
    public static PasswordResetTokens of(SecretKeys keys, Duration timeout, ZoneId zone, InstantSource clock) {
        return new PasswordResetTokens(keys, timeout, zone, clock);
    }

    /** {@return a token for {@code user}, of letters, digits and a hyphen} */
    public String make(User user) {
        return token(hmacs.get(0), user, now());
    }

    /** {@return whether {@code token} was made for {@code user} as they are now, and not too long ago} Takes any text. */
    public boolean check(User user, String token) {
        int hyphen = token.indexOf('-');
        if (hyphen < 1 || hyphen > MOST_DIGITS) {
            return false;
        }
        long made;
        try {
            made = Long.parseLong(token.substring(0, hyphen), BASE);
        } catch (NumberFormatException e) {
            return false;
        }
        boolean genuine = hmacs.stream().anyMatch(hmac -> ConstantTime.equal(token(hmac, user, made), token));
        return genuine && now() - made <= timeout.toSeconds();
    }

    private long now() {
        return Duration.between(EPOCH, LocalDateTime.ofInstant(clock.instant(), zone))
                .toSeconds();
    }

    private static String token(Hmac hmac, User user, long second) {
        String lastLogin = user.lastLogin()
                .map(at -> LAST_LOGIN.format(at.atOffset(ZoneOffset.UTC)))
                .orElse("");
        String message = user.idText() + user.encodedPassword() + lastLogin + second + user.email();
        String hash = HexFormat.of().formatHex(hmac.of(message));
        StringBuilder token = new StringBuilder(Long.toString(second, BASE)).append('-');
        for (int i = 0; i < hash.length(); i += 2) {
            token.append(hash.charAt(i));
        }
        return token.toString();
    }
}
