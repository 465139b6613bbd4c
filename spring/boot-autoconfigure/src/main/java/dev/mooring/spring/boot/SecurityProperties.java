package dev.mooring.spring.boot;

import dev.mooring.auth.http.AuthSettings;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.Secret;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mooring.security.*}: logins of a Django project. Never shows the keys.
 *
 * @param secretKey Django's SECRET_KEY. With it, Django's users log in here, and share their session with the Django site.
 * @param secretKeyFallbacks Django's SECRET_KEY_FALLBACKS.
 * @param settings Django's other settings of logins by their own names, such as session-cookie-secure.
 */
@ConfigurationProperties("mooring.security")
public record SecurityProperties(
        @Nullable String secretKey,
        @DefaultValue List<String> secretKeyFallbacks,
        @DefaultValue Map<String, String> settings) {

    /** What is said elsewhere: the keys by properties of their own, the check of CSRF tokens by Spring Security. */
    private static final Set<String> ELSEWHERE =
            Set.of("SECRET_KEY", "SECRET_KEY_FALLBACKS", "CSRF_HEADER_NAME", "CSRF_TRUSTED_ORIGINS");

    /** {@return all of them, with these keys} */
    AuthSettings authSettings(SecretKeys keys) {
        Map<String, String> values = new HashMap<>();
        settings.forEach((name, value) -> values.put(djangosName(name), value));
        values.put("SECRET_KEY", keys.primary().reveal());
        values.put(
                "SECRET_KEY_FALLBACKS",
                keys.all().stream().skip(1).map(Secret::reveal).collect(Collectors.joining("\n")));
        return AuthSettings.of(values);
    }

    private static String djangosName(String name) {
        String upper = name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        if (ELSEWHERE.contains(upper)) {
            throw new ImproperlyConfiguredException("Setting 'mooring.security.settings." + name
                    + "' is not read: use mooring.security.secret-key and secret-key-fallbacks for the keys, and Spring"
                    + " Security for the check of CSRF tokens");
        }
        return upper;
    }

    /** {@return the name of the record} */
    @Override
    public String toString() {
        return "SecurityProperties";
    }
}
