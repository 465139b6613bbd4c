package dev.mooring.auth.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.sessions.SharedDatabase;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.django.DjangoShell;
import dev.mooring.django.RealDjango;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@DisplayName("The real Django and this library accept each other's signatures")
class SignaturesOfDjangoTest {

    private static final SecretKeys KEYS = SecretKeys.of(SharedDatabase.SECRET_KEY);
    private static final Duration HOUR = Duration.ofHours(1);

    private DjangoShell django;

    @BeforeEach
    void startDjango(TestInfo test) {
        django = RealDjango.require(test)
                .shell(DatabaseSettings.builder("default")
                        .engine("sqlite3")
                        .name(":memory:")
                        .build());
        django.run("from django.core import signing");
    }

    @AfterEach
    void close() {
        if (django != null) {
            django.close();
        }
    }

    @Test
    void ofTexts() {
        String signed = django.run("print(signing.Signer(salt='greeting').sign('grüß:😀'))");
        assertThat(Signer.of(KEYS, "greeting").unsign(signed)).isEqualTo("grüß:😀");

        String ours = TimestampSigner.of(KEYS, "greeting").sign("grüß:😀");
        assertThat(django.run(
                        "print(signing.TimestampSigner(salt='greeting').unsign(" + python(ours) + ", max_age=60))"))
                .isEqualTo("grüß:😀");
    }

    @Test
    void ofTextsWithSha1() {
        String signed = django.run("print(signing.Signer(salt='greeting', algorithm='sha1').sign('hello'))");

        assertThat(Signer.acceptingSha1(KEYS, "greeting").unsign(signed)).isEqualTo("hello");
        org.assertj.core.api.Assertions.assertThatExceptionOfType(BadSignatureException.class)
                .isThrownBy(() -> Signer.of(KEYS, "greeting").unsign(signed));
    }

    @Test
    void ofValues() {
        String value =
                "{'n': [1, -2.5, 1e300, 2**70, None, True, False, float('inf')], 'é\\u2028😀': '\\ud800\\x7f' * 50}";
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put(
                "n",
                Arrays.asList(
                        1L,
                        -2.5,
                        1e300,
                        new java.math.BigInteger("1180591620717411303424"),
                        null,
                        true,
                        false,
                        Double.POSITIVE_INFINITY));
        expected.put("é\u2028😀", "\ud800\u007f".repeat(50));
        SignedJson json = SignedJson.of(KEYS, SignedJson.DEFAULT_SALT);

        for (String compress : List.of("True", "False")) {
            String signed = django.run("print(signing.dumps(" + value + ", compress=" + compress + "))");
            assertThat(json.loads(signed, HOUR)).isEqualTo(expected);
        }
        for (String signed : List.of(json.dumps(expected), json.dumpsCompressed(expected))) {
            assertThat(django.run("print(signing.loads(" + python(signed) + ", max_age=60) == " + value + ")"))
                    .isEqualTo("True");
        }
    }

    @Test
    void ofCookies() {
        String signed = django.run("""
            from django.http import HttpResponse
            response = HttpResponse()
            response.set_signed_cookie('theme', 'dark', salt='s')
            print(response.cookies['theme'].value)
            """);
        assertThat(SignedCookies.of(KEYS).unsign("theme", signed, "s", HOUR)).isEqualTo("dark");

        String ours = SignedCookies.of(KEYS).sign("theme", "light", "s");
        assertThat(django.run("""
            from django.http import HttpRequest
            request = HttpRequest()
            request.COOKIES['theme'] = %s
            print(request.get_signed_cookie('theme', salt='s', max_age=60),
                  request.get_signed_cookie('theme', default='refused'))
            """.formatted(python(ours)))).isEqualTo("light refused");
    }

    private static String python(String text) {
        return "'" + text + "'";
    }
}
