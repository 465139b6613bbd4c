package dev.mooring.auth;

import dev.mooring.auth.codec.Unicode;

/**
 * The name of a permission, {@code app_label.codename}, in its two parts.
 *
 * @param appLabel what stands in front of the first point
 * @param codename what stands behind it
 */
record PermissionLabel(String appLabel, String codename) {

    /** @throws IllegalArgumentException if there is no such name */
    static PermissionLabel of(String text) {
        int point = text.indexOf('.');
        if (point < 1 || point == text.length() - 1 || !Unicode.isStorable(text)) {
            throw new IllegalArgumentException("A permission is named 'app_label.codename', such as 'auth.add_user'");
        }
        return new PermissionLabel(text.substring(0, point), text.substring(point + 1));
    }
}
