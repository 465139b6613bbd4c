package dev.mooring.auth;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields of a user may be given, and of what type: SQLite stores whatever it gets, and nobody could read the row again. */
final class UserFields {

    private static final Set<String> FLAGS = Set.of("is_superuser", "is_staff", "is_active");
    private static final Set<String> TEXTS = Set.of("first_name", "last_name", "email");
    private static final Set<String> MOMENTS = Set.of("last_login", "date_joined");
    private static final Set<String> PARAMETERS = Set.of("username", "email", "password");

    private UserFields() {}

    /** @throws IllegalArgumentException if {@code update()} cannot change one of these fields, or not to that */
    static void requireChangeable(UserModel model, Map<String, ?> values) {
        values.forEach((field, value) -> {
            boolean known = UserModel.FIELDS.contains(field) && model.has(field);
            if (!known || field.equals("id") || field.equals("password") || field.equals("username")) {
                throw new IllegalArgumentException("There is no field '" + field + "' that update() can change");
            }
            requireType(field, field, value);
        });
    }

    /** @throws IllegalArgumentException if one of these columns is given by a parameter, or cannot have that value */
    static void requireFurther(UserModel model, Map<String, ?> columns, boolean superuser) {
        for (String field : UserModel.FIELDS) {
            if (model.has(field) && columns.containsKey(model.column(field))) {
                String column = model.column(field);
                if (PARAMETERS.contains(field)) {
                    throw new IllegalArgumentException(
                            "Column '" + column + "' is given by a parameter of its own; leave it out of the map");
                }
                requireType(field, column, columns.get(column));
                boolean isRank = field.equals("is_superuser") || field.equals("is_staff");
                if (superuser && isRank && !Boolean.TRUE.equals(columns.get(column))) {
                    throw new IllegalArgumentException("A superuser must have " + column + " true");
                }
            }
        }
    }

    private static void requireType(String field, String name, @Nullable Object value) {
        if (FLAGS.contains(field)) {
            require(value instanceof Boolean, name, "true or false", value);
        } else if (TEXTS.contains(field)) {
            require(value == null || value instanceof String, name, "a String", value);
        } else if (MOMENTS.contains(field)) {
            require(value == null || isMoment(value), name, "an Instant", value);
        }
    }

    private static void require(boolean fits, String name, String wanted, @Nullable Object value) {
        if (!fits) {
            throw new IllegalArgumentException("Field '" + name + "' takes " + wanted + ", not "
                    + (value == null
                            ? "null"
                            : "a value of type " + value.getClass().getSimpleName()));
        }
    }

    private static boolean isMoment(Object value) {
        return value instanceof Instant
                || value instanceof OffsetDateTime
                || value instanceof ZonedDateTime
                || value instanceof LocalDateTime;
    }
}
