package dev.mooring.auth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.auth.http.CookieSettings.SameSite;
import dev.mooring.error.ImproperlyConfiguredException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("CSRF tokens are made and checked as Django does, and so is where a request comes from")
class CsrfTokensTest {

    private static final String SECRET = "abcdefghijklmnopqrstuvwxyzABCDEF";
    /** The mask of 32 times "b" counts each character one further. */
    private static final String TOKEN = "b".repeat(32) + "bcdefghijklmnopqrstuvwxyzABCDEFG";

    private final CsrfTokens tokens = new CsrfTokens(new SecureRandom());
    private final Map<String, String> headers = new HashMap<>();
    private String method = "POST";
    private boolean secure;

    @Test
    void matchTheirSecretMaskedOrNot() {
        assertThat(tokens.matches(TOKEN, SECRET)).isTrue();
        assertThat(tokens.matches(SECRET, TOKEN)).isTrue();
        assertThat(tokens.matches(TOKEN, TOKEN)).isTrue();
        for (int i = 0; i < 1000; i++) {
            String secret = tokens.newSecret();
            String token = tokens.newToken(secret);
            assertThat(secret).matches("[a-zA-Z0-9]{32}");
            assertThat(token).matches("[a-zA-Z0-9]{64}").isNotEqualTo(tokens.newToken(secret));
            assertThat(tokens.matches(token, secret)).isTrue();
            assertThat(tokens.matches(tokens.newToken(token), secret)).isTrue();
            assertThat(tokens.matches(token, SECRET)).isFalse();
        }
    }

    @Test
    void takeAnyText() {
        for (String odd : new String[] {
            "", "x", SECRET + "x", "é".repeat(32), "\0".repeat(64), "\ud800".repeat(32), "-".repeat(64)
        }) {
            assertThat(tokens.matches(odd, odd)).isFalse();
            assertThat(tokens.isValid(odd)).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> tokens.newToken(odd));
        }
    }

    @Test
    @DisplayName("Over HTTPS, a request without a matching Origin or Referer is refused whatever token it has")
    void checkWhereARequestComesFrom() {
        headers.put("X-CSRFToken", TOKEN);
        headers.put("Host", "shop.example.com");
        assertThat(refusal()).isEmpty();
        headers.put("Origin", "http://shop.example.com");
        assertThat(refusal()).isEmpty();
        headers.put("Origin", "null");
        assertThat(refusal().orElseThrow()).startsWith("Origin checking failed");
        headers.remove("Origin");

        secure = true;
        assertThat(refusal()).contains("Referer checking failed: no Referer.");
        for (String good : new String[] {
            "https://shop.example.com/a", "https://SHOP.example.com", "https://trusted.example.com:8443/x"
        }) {
            headers.put("Referer", good);
            assertThat(refusal()).as(good).isEmpty();
        }
        for (String bad : new String[] {
            "",
            "http://shop.example.com/",
            "https://evil.example.com/https://shop.example.com",
            "https://shop.example.com.evil.com/",
            "https://shop.example.com@evil.com/",
            "//shop.example.com/",
            "https:",
            "https://[",
            "\0"
        }) {
            headers.put("Referer", bad);
            assertThat(refusal().orElseThrow()).as(bad).startsWith("Referer checking failed");
        }
        method = "GET";
        assertThat(refusal()).isEmpty();
    }

    @Test
    void cookiesAreSetAsConfigured() {
        CookieSettings cookie = CookieSettings.session()
                .withName("__Host-id")
                .withDomain("example.com")
                .withPath("/shop")
                .withSecure(true)
                .withSameSite(SameSite.STRICT);

        assertThat(cookie.set("v", Duration.ofSeconds(60), Instant.parse("2026-01-02T03:04:05Z")))
                .isEqualTo(
                        "__Host-id=v; expires=Fri, 02 Jan 2026 03:05:05 GMT; Max-Age=60; Domain=example.com; HttpOnly;"
                                + " Path=/shop; SameSite=Strict; Secure");
        assertThat(CookieSettings.csrf().set("v", null, Instant.EPOCH)).isEqualTo("csrftoken=v; Path=/; SameSite=Lax");
        assertThat(CookieSettings.session().withSameSite(SameSite.NONE).delete())
                .isEqualTo("sessionid=\"\"; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path=/;"
                        + " SameSite=None; Secure");
        for (String bad : new String[] {"", "a b", "a;b", "a\r\nSet-Cookie: b", "é"}) {
            assertThatExceptionOfType(ImproperlyConfiguredException.class)
                    .isThrownBy(() -> CookieSettings.session().withName(bad));
        }
    }

    private Optional<String> refusal() {
        TrustedOrigins trusted = new TrustedOrigins(List.of("https://trusted.example.com:8443"));
        CsrfCheck check = new CsrfCheck(tokens, "X-CSRFToken", trusted, path -> false);
        return check.refusal(
                new HttpView() {
                    @Override
                    public String method() {
                        return method;
                    }

                    @Override
                    public String path() {
                        return "/";
                    }

                    @Override
                    public boolean isSecure() {
                        return secure;
                    }

                    @Override
                    public List<String> hosts() {
                        return List.of(headers.get("Host"));
                    }

                    @Override
                    public String header(String name) {
                        return headers.get(name);
                    }

                    @Override
                    public String cookie(String name) {
                        return null;
                    }

                    @Override
                    public String formField(String name) {
                        return null;
                    }
                },
                SECRET);
    }
}
