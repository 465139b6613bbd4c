package dev.mooring.auth.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a request may change something: Django's {@code CsrfViewMiddleware}. Immutable. */
final class CsrfCheck {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String FIELD = "csrfmiddlewaretoken";

    private final CsrfTokens tokens;
    private final String header;
    private final TrustedOrigins trustedOrigins;
    private final Predicate<String> exempt;

    CsrfCheck(CsrfTokens tokens, String header, TrustedOrigins trustedOrigins, Predicate<String> exempt) {
        this.tokens = tokens;
        this.header = header;
        this.trustedOrigins = trustedOrigins;
        this.exempt = exempt;
    }

    /** {@return why the request is refused; empty if it is not} */
    Optional<String> refusal(HttpView request, @Nullable String cookie) {
        if (SAFE.contains(request.method()) || exempt.test(request.path())) {
            return Optional.empty();
        }
        Optional<String> foreign = foreign(request);
        if (foreign.isPresent()) {
            return foreign;
        }
        if (cookie == null || !tokens.isValid(cookie)) {
            return Optional.of("CSRF cookie not set.");
        }
        String given = given(request);
        if (given == null) {
            return Optional.of("CSRF token missing.");
        }
        return tokens.matches(given, cookie) ? Optional.empty() : Optional.of("CSRF token incorrect.");
    }

    private @Nullable String given(HttpView request) {
        String given = request.header(header);
        return given == null || given.isEmpty() ? request.formField(FIELD) : given;
    }

    /** Browsers send an Origin with what other sites let them post; over HTTPS, one without is asked for its Referer. */
    private Optional<String> foreign(HttpView request) {
        String origin = request.header("Origin");
        if (origin != null) {
            return isGood(request, origin)
                    ? Optional.empty()
                    : Optional.of("Origin checking failed: it does not match the host or any trusted origin.");
        }
        if (!request.isSecure()) {
            return Optional.empty();
        }
        String referer = request.header("Referer");
        if (referer == null) {
            return Optional.of("Referer checking failed: no Referer.");
        }
        String site = site(referer);
        return site != null && site.startsWith("https://") && isGood(request, site)
                ? Optional.empty()
                : Optional.of("Referer checking failed: it does not match the host or any trusted origin.");
    }

    private boolean isGood(HttpView request, String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String scheme = request.isSecure() ? "https://" : "http://";
        return trustedOrigins.contain(lower)
                || request.hosts().stream().anyMatch(host -> lower.equals(scheme + host.toLowerCase(Locale.ROOT)));
    }

    private static @Nullable String site(String referer) {
        try {
            URI uri = new URI(referer);
            return uri.getScheme() == null || uri.getRawAuthority() == null
                    ? null
                    : (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
