package dev.mooring.auth;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.auth.codec.Unicode;
import dev.mooring.auth.tables.DjangoTables;
import dev.mooring.config.DatabaseSettings;
import java.util.List;
import java.util.Optional;

/** The groups in one database: Django's {@code Group.objects}. Thread-safe. */
public final class Groups {

    private static final int MAX_NAME = 150;

    private final Database database;
    private final DjangoTables tables;
    private final Names names;
    private final LinkTable links;

    private Groups(Database database) {
        this.database = database;
        tables = new DjangoTables(database);
        names = new Names(database);
        links = LinkTable.groupPermissions(database);
    }

    /** {@return those in the default database} */
    public static Groups of(Databases databases) {
        return of(databases, DatabaseSettings.DEFAULT_ALIAS);
    }

    /** {@return those in the database called {@code alias}} */
    public static Groups of(Databases databases, String alias) {
        return new Groups(databases.using(alias));
    }

    /** {@return all of them, by name} */
    public List<Group> all() {
        return select(" ORDER BY {name}");
    }

    /** {@return the group of that name} */
    public Optional<Group> find(String name) {
        return Unicode.fits(name, MAX_NAME)
                ? select(" WHERE {name} = %s", name).stream().findFirst()
                : Optional.empty();
    }

    /**
     * {@return a new group}
     *
     * @param name not empty, at most 150 characters
     * @throws IllegalArgumentException if the name cannot be stored
     * @throws dev.mooring.error.IntegrityException if it is taken
     */
    public Group create(String name) {
        requireName(name);
        return database.atomic(() -> {
            tables.execute(names.sql("INSERT INTO {auth_group} ({name}) VALUES (%s)"), name);
            return find(name).orElseThrow();
        });
    }

    /** {@return the group with another name} Errors as {@link #create}. */
    public Group rename(Group group, String name) {
        requireName(name);
        tables.execute(names.sql("UPDATE {auth_group} SET {name} = %s WHERE {id} = %s"), name, group.id());
        return new Group(group.id(), name);
    }

    /** Deletes a group and takes everyone in the table of {@code users} out of it. */
    public void delete(Group group, Users users) {
        database.atomic(() -> {
            users.links().groups().removeEverywhere(group.id());
            links.removeAll(group.id());
            tables.execute(names.sql("DELETE FROM {auth_group} WHERE {id} = %s"), group.id());
        });
    }

    /** Gives the group permissions; those it has already are left alone. */
    public void addPermissions(Group group, Permission... permissions) {
        links.add(group.id(), Permission.ids(permissions));
    }

    /** Takes permissions from the group. */
    public void removePermissions(Group group, Permission... permissions) {
        links.remove(group.id(), Permission.ids(permissions));
    }

    private List<Group> select(String condition, Object... parameters) {
        return tables.query(names.sql("SELECT {id}, {name} FROM {auth_group}" + condition), parameters).stream()
                .map(Groups::group)
                .toList();
    }

    static Group group(Row row) {
        return new Group(row.getLong("id"), row.getString("name"));
    }

    private static void requireName(String name) {
        if (name.isEmpty() || !Unicode.fits(name, MAX_NAME)) {
            throw new IllegalArgumentException("The name of a group must have 1 to " + MAX_NAME
                    + " characters, without NUL and lone surrogates, but has " + name.length());
        }
    }
}
