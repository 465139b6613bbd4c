package dev.mooring.spring.boot;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mooring.security.*}: logins of a Django project. Never shows the keys.
 *
 * @param secretKey Django's SECRET_KEY. With it, Django's users log in here, and share their session with the Django site.
 * @param secretKeyFallbacks Django's SECRET_KEY_FALLBACKS.
 */
@ConfigurationProperties("mooring.security")
public record SecurityProperties(
        @Nullable String secretKey, @DefaultValue List<String> secretKeyFallbacks) {

    /** {@return the name of the record} */
    @Override
    public String toString() {
        return "SecurityProperties";
    }
}
