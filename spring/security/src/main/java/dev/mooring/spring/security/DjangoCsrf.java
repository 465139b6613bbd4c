package dev.mooring.spring.security;

import dev.mooring.auth.http.AuthFilter;
import dev.mooring.auth.http.CsrfTokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * Django's CSRF cookie and masked token for Spring Security's check, so that a form of either side can be posted to the other:
 * a {@link CsrfTokenRepository} and the handler that goes with it.
 *
 * <p>The requests must have passed an {@link AuthFilter}, which sets the cookie and replaces the secret at a login. Thread-safe.
 */
public final class DjangoCsrf extends CsrfTokenRequestAttributeHandler implements CsrfTokenRepository {

    private static final String HEADER = "X-CSRFToken";
    private static final String FIELD = "csrfmiddlewaretoken";

    private final CsrfTokens tokens = new CsrfTokens(new SecureRandom());

    /** Makes one with Django's names: the header {@code X-CSRFToken} and the field {@code csrfmiddlewaretoken}. */
    public DjangoCsrf() {}

    /** {@return a token for the request's cookie, under a mask that is new each time} The answer sets the cookie. */
    @Override
    public CsrfToken loadToken(HttpServletRequest request) {
        return new DefaultCsrfToken(HEADER, FIELD, AuthFilter.of(request).csrfToken());
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return loadToken(request);
    }

    /** Does nothing: the {@link AuthFilter} sets the cookie, and a login replaces the secret. */
    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {}

    /** {@return the expected token if what the request brought has the same secret behind another mask} */
    @Override
    public @Nullable String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken expected) {
        String given = super.resolveCsrfTokenValue(request, expected);
        return given != null && tokens.matches(given, expected.getToken()) ? expected.getToken() : given;
    }
}
