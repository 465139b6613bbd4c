package dev.mooring.auth;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.mooring.Database;
import dev.mooring.Row;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.tables.DjangoTables;
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

    /** Is 1 for the user who was asked for, 0 for the row that is read in place of a user who does not exist. */
    private static final String IS_MATCH = "is_match";

    private static final String NEWEST_PASSWORD = "newest_password";

    private static final String UNUSABLE = "!%";

    private final Database database;
    private final DjangoTables tables;
    private final UserModel model;
    private final Names names;
    private final String table;
    private final String columns;
    private final String findByName;
    private final String findForLogin;
    private final String findForFirstLogin;
    private final String findById;
    private final String replacePassword;

    UserTable(Database database, UserModel model) {
        this.database = database;
        tables = new DjangoTables(database);
        this.model = model;
        names = new Names(database);
        table = names.quote(model.table());
        columns = UserModel.FIELDS.stream()
                .filter(model::has)
                .map(this::column)
                .distinct()
                .collect(joining(", "));
        findByName = select() + " WHERE " + column("username") + " = %s";
        findForLogin = findForLogin("");
        findForFirstLogin = findForLogin(", (" + newest("password") + ") AS " + names.quote(NEWEST_PASSWORD));
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
        return first(tables.query(findByName, username));
    }

    /**
     * As {@link #findByName}, in a time that does not tell whether the user exists: one row is read and mapped in either case.
     * Hashers that wait for an example learn the newest hash from the same statement.
     */
    Optional<User> findForLogin(String username, PasswordHashers hashers) {
        boolean learns = hashers.isWaitingForExample();
        List<Row> rows = learns
                ? tables.query(findForFirstLogin, username, UNUSABLE, username)
                : tables.query(findForLogin, username, username);
        if (learns) {
            hashers.learn(rows.isEmpty() ? null : rows.get(0).getString(NEWEST_PASSWORD));
        }
        return first(rows).filter(user -> rows.get(0).getInt(IS_MATCH) == 1);
    }

    /** The row in place of a missing user is the oldest; the primary key gives it without looking at another. */
    private String findForLogin(String further) {
        String byName = "SELECT " + column("id") + " FROM " + table + " WHERE " + column("username") + " = %s LIMIT 1";
        String oldest = "SELECT " + column("id") + " FROM " + table + " ORDER BY " + column("id") + " LIMIT 1";
        return "SELECT " + columns + ", CASE WHEN " + column("username") + " = %s THEN 1 ELSE 0 END AS "
                + names.quote(IS_MATCH) + further + " FROM " + table + " WHERE " + column("id") + " = COALESCE(("
                + byName
                + "), (" + oldest + "))";
    }

    Optional<User> findById(Object id) {
        return first(tables.query(findById, id));
    }

    /** {@return the users for whom {@code condition} holds, in the order of their ids} */
    List<User> findAll(String condition, List<?> parameters) {
        return tables
                .query(select() + " WHERE " + condition + " ORDER BY " + column("id"), parameters.toArray())
                .stream()
                .map(row -> User.of(model, row))
                .toList();
    }

    /** {@return the usable hash of the user with the greatest id; null if there is none} */
    @Nullable
    String newestPassword() {
        return tables.query(newest("password"), UNUSABLE).stream()
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
            tables.execute(sql, into.stream().map(values::get).toArray());
            return findByName(username).orElseThrow();
        });
    }

    /** Leaves alone a password that was changed since it was read: Django would put the old one back. */
    boolean replacePassword(User user, String encodedPassword) {
        return tables.execute(replacePassword, encodedPassword, user.id(), user.encodedPassword()) > 0;
    }

    /** {@return how many rows have that id} */
    int update(Object id, Map<String, @Nullable Object> values) {
        List<@Nullable Object> parameters = new ArrayList<>(values.values());
        parameters.add(id);
        String assignments = values.keySet().stream()
                .map(field -> names.quote(model.column(field)) + " = %s")
                .collect(joining(", "));
        return tables.execute(
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
