package dev.mooring.auth;

import dev.mooring.Database;
import dev.mooring.auth.tables.DjangoTables;
import dev.mooring.error.IntegrityException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The statements on a table that says who has what: Django's many-to-many fields. Thread-safe. */
final class LinkTable {

    private final Database database;
    private final DjangoTables tables;
    private final String target;
    private final String select;
    private final String insert;
    private final String delete;
    private final String deleteOwner;
    private final String deleteTarget;

    /**
     * @param owner the column that refers to who has something
     * @param target the column that refers to what is had
     */
    LinkTable(Database database, String table, String owner, String target) {
        this.database = database;
        tables = new DjangoTables(database);
        this.target = target;
        Names names = new Names(database);
        String from = " FROM " + names.quote(table) + " WHERE ";
        String isOwner = names.quote(owner) + " = %s";
        String isTarget = names.quote(target) + " = %s";
        select = "SELECT " + names.quote(target) + from + isOwner;
        insert = "INSERT INTO " + names.quote(table) + " (" + names.quote(owner) + ", " + names.quote(target)
                + ") VALUES (%s, %s)";
        delete = "DELETE" + from + isOwner + " AND " + isTarget;
        deleteOwner = "DELETE" + from + isOwner;
        deleteTarget = "DELETE" + from + isTarget;
    }

    /** {@return which group has which permission} */
    static LinkTable groupPermissions(Database database) {
        return new LinkTable(database, "auth_group_permissions", "group_id", "permission_id");
    }

    /** Gives {@code owner} what they do not have already, and what nobody else gives them at the same time. */
    void add(Object owner, List<Long> targets) {
        database.atomic(() -> {
            Set<Long> present = present(owner);
            targets.stream().filter(present::add).forEach(id -> addUnlessPresent(owner, id));
        });
    }

    private void addUnlessPresent(Object owner, long id) {
        try {
            database.atomic(() -> tables.execute(insert, owner, id));
        } catch (IntegrityException e) {
            if (!present(owner).contains(id)) {
                throw e;
            }
        }
    }

    private Set<Long> present(Object owner) {
        return tables.query(select, owner).stream()
                .map(row -> row.getLong(target))
                .collect(Collectors.toSet());
    }

    void remove(Object owner, List<Long> targets) {
        targets.forEach(id -> tables.execute(delete, owner, id));
    }

    /** Takes from {@code owner} all that they have. */
    void removeAll(Object owner) {
        tables.execute(deleteOwner, owner);
    }

    /** Takes {@code target} from everybody who has it. */
    void removeEverywhere(long target) {
        tables.execute(deleteTarget, target);
    }
}
