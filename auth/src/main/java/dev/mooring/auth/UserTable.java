package dev.mooring.auth;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.mooring.Database;
import dev.mooring.Row;
import dev.mooring.auth.hashers.PasswordHashers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements on the table of users. Thread-safe. */
final class UserTable {

    /** Of the user who was asked for it is 1; the other row is the newest. */
    private static final String IS_MATCH = "is_match";

    private final Database database;
    private final UserModel model;
    private final Names names;
    private final String table;
    private final String columns;
    private final String findByName;
    private final String findByNameAndNewest;
    private final String findById;
    private final String replacePassword;

    UserTable(Database database, UserModel model) {
        this.database = database;
        this.model = model;
        names = new Names(database);
        table = names.quote(model.table());
        columns = UserModel.FIELDS.stream()
                .filter(model::has)
                .map(this::column)
                .distinct()
                .collect(joining(", "));
        findByName = select() + " WHERE " + column("username") + " = %s";
        findByNameAndNewest = "SELECT " + columns + ", CASE WHEN " + column("username") + " = %s THEN 1 ELSE 0 END AS "
                + names.quote(IS_MATCH) + " FROM " + table + " WHERE " + column("username") + " = %s OR "
                + column("id") + " = (" + newest("id") + ")";
        findById = select() + " WHERE " + column("id") + " = %s";
        replacePassword = "UPDATE " + table + " SET " + names.quote(model.column("password")) + " = %s WHERE ("
                + column("id") + " = %s AND " + column("password") + " = %s)";
    }

    Database database() {
        return database;
    }

    UserModel model() {
        return model;
    }

    private String column(String field) {
        return names.column(model.table(), model.column(field));
    }

    private String select() {
        return "SELECT " + columns + " FROM " + table;
    }

    Optional<User> findByName(String username) {
        return first(database.query(findByName, username));
    }

    /** As {@link #findByName}, with the same one statement for the newest hash too, from which the hashers learn. */
    Optional<User> findByName(String username, PasswordHashers learning) {
        List<Row> rows = database.query(findByNameAndNewest, username, username, "!%");
        Optional<User> match = rows.stream()
                .filter(row -> row.getInt(IS_MATCH) == 1)
                .findFirst()
                .map(row -> User.of(model, row));
        Optional<User> newest = rows.stream()
                .filter(row -> row.getInt(IS_MATCH) == 0)
                .findFirst()
                .map(row -> User.of(model, row));
        learning.learn(newest.or(() -> match).map(User::encodedPassword).orElse(null));
        return match;
    }

    Optional<User> findById(Object id) {
        return first(database.query(findById, id));
    }

    /** {@return the users for whom {@code condition} holds, in the order of their ids} */
    List<User> findAll(String condition, List<?> parameters) {
        return database
                .query(select() + " WHERE " + condition + " ORDER BY " + column("id"), parameters.toArray())
                .stream()
                .map(row -> User.of(model, row))
                .toList();
    }

    /** {@return the usable hash of the user with the greatest id; null if there is none} */
    @Nullable
    String newestPassword() {
        return database.query(newest("password"), "!%").stream()
                .findFirst()
                .map(row -> row.getString(model.column("password")))
                .orElse(null);
    }

    private String newest(String field) {
        return "SELECT " + column(field) + " FROM " + table + " WHERE " + column("password") + " NOT LIKE %s ORDER BY "
                + column("id") + " DESC LIMIT 1";
    }

    /** The second statement reads what the database made of the first; not every database has RETURNING. */
    User insert(String username, Map<String, @Nullable Object> values) {
        List<String> into = new ArrayList<>(values.keySet());
        String sql = "INSERT INTO " + table + " ("
                + into.stream().map(names::quote).collect(joining(", ")) + ") VALUES ("
                + String.join(", ", Collections.nCopies(into.size(), "%s")) + ")";
        return database.atomic(() -> {
            database.execute(sql, into.stream().map(values::get).toArray());
            return findByName(username).orElseThrow();
        });
    }

    /** Leaves alone a password that was changed since it was read: Django would put the old one back. */
    boolean replacePassword(User user, String encodedPassword) {
        return database.execute(replacePassword, encodedPassword, user.id(), user.encodedPassword()) > 0;
    }

    /** {@return how many rows have that id} */
    int update(Object id, Map<String, @Nullable Object> values) {
        List<@Nullable Object> parameters = new ArrayList<>(values.values());
        parameters.add(id);
        String assignments = values.keySet().stream()
                .map(field -> names.quote(model.column(field)) + " = %s")
                .collect(joining(", "));
        return database.execute(
                "UPDATE " + table + " SET " + assignments + " WHERE " + column("id") + " = %s", parameters.toArray());
    }

    private Optional<User> first(List<Row> rows) {
        return rows.stream().findFirst().map(row -> User.of(model, row));
    }

    /** {@return by column, those values of which the table has a column} */
    Map<String, @Nullable Object> byColumn(Map<String, ?> byField) {
        return byField.entrySet().stream()
                .filter(entry -> model.has(entry.getKey()))
                .collect(Collectors.toMap(
                        entry -> model.column(entry.getKey()),
                        entry -> requireNonNull(entry.getValue()),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }
}
