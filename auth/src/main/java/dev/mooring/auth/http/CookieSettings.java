package dev.mooring.auth.http;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.codec.Unicode;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a cookie is set: Django's settings {@code SESSION_COOKIE_*} and {@code CSRF_COOKIE_*}, which must be the same on both
 * sides. Immutable; each {@code with} returns a changed copy.
 */
public final class CookieSettings {

    /** Which requests from other sites a browser sends the cookie with. */
    public enum SameSite {
        /** Only when somebody follows a link. */
        LAX("Lax"),
        /** None. */
        STRICT("Strict"),
        /** All; browsers want the cookie to be secure then. */
        NONE("None");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }

        private static SameSite of(String text) {
            return Arrays.stream(values())
                    .filter(value -> value.text.equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new ImproperlyConfiguredException("use Lax, Strict or None"));
        }
    }

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final String name;
    private final @Nullable String domain;
    private final String path;
    private final boolean secure;
    private final boolean httpOnly;
    private final SameSite sameSite;

    private CookieSettings(
            String name, @Nullable String domain, String path, boolean secure, boolean httpOnly, SameSite sameSite) {
        this.name = name;
        this.domain = domain;
        this.path = path;
        this.secure = secure;
        this.httpOnly = httpOnly;
        this.sameSite = requireNonNull(sameSite, "sameSite");
    }

    /** {@return Django's defaults for sessions: {@code sessionid}, for all paths, HttpOnly, SameSite=Lax, not Secure} */
    public static CookieSettings session() {
        return new CookieSettings("sessionid", null, "/", false, true, SameSite.LAX);
    }

    /** {@return Django's defaults for CSRF: {@code csrftoken}, for all paths, SameSite=Lax, not Secure, read by scripts} */
    public static CookieSettings csrf() {
        return new CookieSettings("csrftoken", null, "/", false, false, SameSite.LAX);
    }

    /** {@return the same under another name} */
    public CookieSettings withName(String newName) {
        return new CookieSettings(checked("name", newName), domain, path, secure, httpOnly, sameSite);
    }

    /** {@return the same for a whole domain; null for the host alone} */
    public CookieSettings withDomain(@Nullable String newDomain) {
        return new CookieSettings(
                name, newDomain == null ? null : checked("domain", newDomain), path, secure, httpOnly, sameSite);
    }

    /** {@return the same for the paths below {@code newPath}} */
    public CookieSettings withPath(String newPath) {
        return new CookieSettings(name, domain, checked("path", newPath), secure, httpOnly, sameSite);
    }

    /** {@return the same, sent over HTTPS alone or not} Set it wherever the site has HTTPS. */
    public CookieSettings withSecure(boolean newSecure) {
        return new CookieSettings(name, domain, path, newSecure, httpOnly, sameSite);
    }

    /** {@return the same, hidden from scripts or not} */
    public CookieSettings withHttpOnly(boolean newHttpOnly) {
        return new CookieSettings(name, domain, path, secure, newHttpOnly, sameSite);
    }

    /** {@return the same for these requests from other sites} */
    public CookieSettings withSameSite(SameSite newSameSite) {
        return new CookieSettings(name, domain, path, secure, httpOnly, newSameSite);
    }

    /** {@return the same with the settings whose names begin with {@code prefix}} */
    CookieSettings with(SettingValues values, String prefix) {
        CookieSettings cookie = values.read(prefix + "NAME", this::withName).orElse(this);
        cookie = values.read(prefix + "DOMAIN", cookie::withDomain).orElse(cookie);
        cookie = values.read(prefix + "PATH", cookie::withPath).orElse(cookie);
        cookie = values.readWithNone(prefix + "SAMESITE", SameSite::of)
                .map(cookie::withSameSite)
                .orElse(cookie);
        return cookie.withSecure(values.yes(prefix + "SECURE", secure))
                .withHttpOnly(values.yes(prefix + "HTTPONLY", httpOnly));
    }

    private static String checked(String what, String text) {
        boolean fits = !text.isEmpty()
                && Unicode.isVisibleAscii(text)
                && text.chars().noneMatch(c -> ";,=\"\\".indexOf(c) >= 0);
        if (!fits) {
            throw new ImproperlyConfiguredException(
                    "The " + what + " of a cookie must be visible ASCII without any of ; , = \" \\ and not empty");
        }
        return text;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the value of a header {@code Set-Cookie}; without an age the cookie lasts until the browser is closed} */
    String set(String value, @Nullable Duration age, Instant now) {
        StringBuilder header = new StringBuilder(name).append('=').append(value);
        if (age != null) {
            append(header, age, now.plus(age));
        }
        return attributes(header, secure);
    }

    /** {@return the value of a header {@code Set-Cookie} that deletes the cookie} */
    String delete() {
        StringBuilder header = new StringBuilder(name).append("=\"\"");
        append(header, Duration.ZERO, Instant.EPOCH);
        boolean mustBeSecure = sameSite == SameSite.NONE || name.startsWith("__Secure-") || name.startsWith("__Host-");
        return attributes(header, secure || mustBeSecure);
    }

    private static void append(StringBuilder header, Duration age, Instant expires) {
        header.append("; expires=").append(HTTP_DATE.format(expires.atOffset(ZoneOffset.UTC)));
        header.append("; Max-Age=").append(Math.max(0, age.toSeconds()));
    }

    private String attributes(StringBuilder header, boolean withSecure) {
        if (domain != null) {
            header.append("; Domain=").append(domain);
        }
        header.append(httpOnly ? "; HttpOnly" : "").append("; Path=").append(path);
        header.append("; SameSite=").append(sameSite.text).append(withSecure ? "; Secure" : "");
        return header.toString();
    }
}
