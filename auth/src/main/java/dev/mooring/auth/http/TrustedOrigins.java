package dev.mooring.auth.http;

import dev.mooring.error.ImproperlyConfiguredException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Django's {@code CSRF_TRUSTED_ORIGINS}, as it has them since 4.0: with the scheme, and a star for all subdomains. Immutable. */
final class TrustedOrigins {

    /** Applications on a telephone have schemes of their own. */
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://((\\*\\.)?[a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    private static final String STAR = "*";

    private final Set<String> exact;
    private final List<Subdomains> subdomains;

    private static final Pattern LABELS = Pattern.compile("[a-z0-9._-]+");

    /** A host and all below it. */
    private record Subdomains(String scheme, String end) {

        private static Subdomains of(String origin) {
            int star = origin.indexOf(STAR);
            return new Subdomains(origin.substring(0, star), origin.substring(star + STAR.length()));
        }

        private boolean contain(String origin) {
            if (!origin.startsWith(scheme) || !origin.endsWith(end)) {
                return origin.equals(scheme + end.substring(1));
            }
            String below = origin.substring(scheme.length(), Math.max(scheme.length(), origin.length() - end.length()));
            return LABELS.matcher(below).matches();
        }
    }

    TrustedOrigins(Collection<String> origins) {
        exact = origins.stream().filter(origin -> !origin.contains(STAR)).collect(Collectors.toUnmodifiableSet());
        subdomains = origins.stream()
                .filter(origin -> origin.contains(STAR))
                .map(Subdomains::of)
                .toList();
    }

    /**
     * {@return the origin in lower case}
     *
     * @throws ImproperlyConfiguredException if a browser would never name it so
     */
    static String checked(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (!ORIGIN.matcher(lower).matches()) {
            throw new ImproperlyConfiguredException("A trusted origin was '" + origin
                    + "'; write it with its scheme and without a path, such as https://shop.example.com, or"
                    + " https://*.example.com for example.com and its subdomains");
        }
        return lower;
    }

    /** {@return whether {@code origin}, in lower case, is one of them} */
    boolean contain(String origin) {
        return exact.contains(origin) || subdomains.stream().anyMatch(each -> each.contain(origin));
    }
}
