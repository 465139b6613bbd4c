package dev.mooring.auth;

import java.util.Arrays;
import java.util.List;

/**
 * A row of Django's {@code auth_permission} with the content type that it belongs to.
 *
 * @param id the primary key
 * @param contentType the model that it is about
 * @param codename such as {@code add_user}; unique for its content type
 * @param name for people, such as {@code Can add user}
 */
public record Permission(long id, ContentType contentType, String codename, String name) {

    static List<Long> ids(Permission... permissions) {
        return Arrays.stream(permissions).map(Permission::id).toList();
    }

    /** {@return what {@code has_perm} takes: {@code auth.add_user}} */
    public String label() {
        return contentType.appLabel() + "." + codename;
    }
}
