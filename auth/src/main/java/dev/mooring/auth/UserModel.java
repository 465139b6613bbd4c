package dev.mooring.auth;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.codec.Unicode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which table holds the users, and what its columns are called: what Django's {@code AUTH_USER_MODEL} says.
 *
 * <pre>{@code
 * UserModel accounts = UserModel.builder("accounts_user")
 *         .key(UserModel.Key.UUID)
 *         .usernameColumn("email")
 *         .without("first_name", "last_name")
 *         .build();
 * }</pre>
 *
 * <p>Immutable.
 */
public final class UserModel {

    /** Django's names of the columns, in the order of its model. */
    static final List<String> FIELDS = List.of(
            "id",
            "password",
            "last_login",
            "is_superuser",
            "username",
            "first_name",
            "last_name",
            "email",
            "is_staff",
            "is_active",
            "date_joined");

    private static final List<String> REQUIRED = List.of("id", "password", "username");

    /** Of what type the primary key is. */
    public enum Key {
        /** {@code AutoField} and {@code BigAutoField}: a {@link Long}, made by the database. */
        INTEGER,
        /** {@code UUIDField}: a {@link java.util.UUID}, random for a new user. */
        UUID,
        /** {@code CharField}: a {@link String}, to be given for a new user. */
        TEXT;

        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
        /** As text, and as Django stores it where the database has no such type. */
        private static final Pattern UUID_TEXT =
                Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}");

        private static final int MAX_KEY = 1000;

        /** {@return the key of which Django's session holds this text; empty if there can be none} */
        Optional<Object> parse(String text) {
            return switch (this) {
                case INTEGER -> NUMBER.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
                case UUID -> UUID_TEXT.matcher(text).matches() ? Optional.of(uuid(text)) : Optional.empty();
                case TEXT -> Unicode.fits(text, MAX_KEY) ? Optional.of(text) : Optional.empty();
            };
        }

        /** {@return the key in {@code value}, as the driver gave it} */
        Object read(Object value) {
            return switch (this) {
                case INTEGER -> ((Number) value).longValue();
                case UUID -> value instanceof UUID id ? id : uuid(value.toString());
                case TEXT -> value.toString();
            };
        }

        private static UUID uuid(String digits) {
            return java.util.UUID.fromString(
                    digits.length() == 32
                            ? digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
                            : digits);
        }
    }

    /**
     * A table that says who has what.
     *
     * @param userColumn the column that refers to the user
     */
    record Link(String table, String userColumn) {}

    private final String table;
    private final Key key;
    private final Map<String, String> columns;
    private final @Nullable Link groups;
    private final @Nullable Link permissions;

    private UserModel(Builder builder) {
        table = builder.table;
        key = builder.key;
        columns = Map.copyOf(builder.columns);
        groups = builder.groups;
        permissions = builder.permissions;
    }

    /** {@return Django's own: {@code auth_user} and its tables} */
    public static UserModel django() {
        return builder("auth_user").build();
    }

    /**
     * {@return a builder that has Django's columns and keys, and for groups and permissions the tables that Django makes for
     * a model called {@code User}: {@code TABLE_groups} and {@code TABLE_user_permissions}}
     */
    public static Builder builder(String table) {
        return new Builder(requireNonNull(table, "table"));
    }

    String table() {
        return table;
    }

    Key key() {
        return key;
    }

    boolean has(String field) {
        return columns.containsKey(field);
    }

    /** {@return the column of a field that the table {@linkplain #has has}} */
    String column(String field) {
        return requireNonNull(columns.get(field), field);
    }

    /** {@return the name of the keyword that holds the user name, Django's {@code USERNAME_FIELD}} */
    String usernameField() {
        return column("username");
    }

    /** {@return whether the e-mail address is the name to log in with} */
    boolean isKeyedByEmail() {
        return has("email")
                ? column("email").equals(column("username"))
                : column("username").equals("email");
    }

    /** {@return who is in which group; null if the model has none} */
    @Nullable
    Link groups() {
        return groups;
    }

    /** {@return who has which permission; null if the model has none} */
    @Nullable
    Link permissions() {
        return permissions;
    }

    /** Collects what differs from Django's own table. For one thread; every setter returns the builder. */
    public static final class Builder {

        private final String table;
        private final Map<String, String> columns = new LinkedHashMap<>();
        private Key key = Key.INTEGER;
        private @Nullable Link groups;
        private @Nullable Link permissions;

        private Builder(String table) {
            this.table = table;
            FIELDS.forEach(field -> columns.put(field, field));
            groups = new Link(table + "_groups", "user_id");
            permissions = new Link(table + "_user_permissions", "user_id");
        }

        /** Sets the type of the primary key, which is {@link Key#INTEGER} unless set. */
        public Builder key(Key type) {
            key = requireNonNull(type, "type");
            return this;
        }

        /** Sets the column with the name to log in with, Django's {@code USERNAME_FIELD}; it may be {@code email}. */
        public Builder usernameColumn(String column) {
            return column("username", column);
        }

        /**
         * Sets the name of another column.
         *
         * @param field what Django's own model calls it, such as {@code id} or {@code date_joined}
         */
        public Builder column(String field, String column) {
            columns.put(known(field), requireNonNull(column, "column"));
            return this;
        }

        /**
         * Says that the table has no such columns. A user is then active, not staff, no superuser, never logged in, and
         * has empty names.
         *
         * @throws IllegalArgumentException if a field is unknown or is one that a login needs
         */
        public Builder without(String... fields) {
            for (String field : fields) {
                if (REQUIRED.contains(known(field))) {
                    throw new IllegalArgumentException("A table of users needs a column for '" + field + "'");
                }
                columns.remove(field);
            }
            return this;
        }

        /** Sets the table that says who is in which group; it has a column {@code group_id}. */
        public Builder groups(String linkTable, String userColumn) {
            groups = new Link(linkTable, userColumn);
            return this;
        }

        /** Sets the table that says who has which permission; it has a column {@code permission_id}. */
        public Builder permissions(String linkTable, String userColumn) {
            permissions = new Link(linkTable, userColumn);
            return this;
        }

        /** Says that the model has neither groups nor permissions nor superusers: no {@code PermissionsMixin}. */
        public Builder withoutPermissions() {
            groups = null;
            permissions = null;
            return without("is_superuser");
        }

        /** {@return the model} */
        public UserModel build() {
            return new UserModel(this);
        }

        private static String known(String field) {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException("Unknown field '" + field + "'; it must be one of " + FIELDS);
            }
            return field;
        }
    }
}
