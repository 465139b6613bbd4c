package dev.mooring.auth;

import java.util.Arrays;
import java.util.List;

/**
 * A row of Django's {@code auth_group}.
 *
 * @param id the primary key
 * @param name unique, at most 150 characters
 */
public record Group(long id, String name) {

    static List<Long> ids(Group... groups) {
        return Arrays.stream(groups).map(Group::id).toList();
    }
}
