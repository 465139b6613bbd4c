package dev.mooring.auth;

import static dev.mooring.migrations.Operations.alterColumn;
import static dev.mooring.migrations.Operations.createTable;
import static dev.mooring.migrations.Operations.removeColumn;
import static dev.mooring.migrations.Operations.sql;
import static dev.mooring.schema.ColumnType.BOOLEAN;
import static dev.mooring.schema.ColumnType.INTEGER;
import static dev.mooring.schema.ColumnType.TEXT;
import static dev.mooring.schema.ColumnType.TIMESTAMP;
import static dev.mooring.schema.ColumnType.varchar;

import dev.mooring.Databases;
import dev.mooring.migrations.Migration;
import dev.mooring.schema.Column;
import dev.mooring.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The migrations of Django's {@code contenttypes}, {@code auth} and {@code sessions}, step by step as Django 3.2 and
 * later have them: so a database that Django left halfway is brought to the same end.
 */
public final class AuthMigrations {

    private AuthMigrations() {}

    /** {@return all of them, for a {@link dev.mooring.migrations.MigrationExecutor}} */
    public static List<Migration> all() {
        List<Migration> all = new ArrayList<>(contentTypes());
        all.add(tables());
        all.addAll(alterations());
        all.add(sessions());
        return List.copyOf(all);
    }

    /**
     * Adds the content types and the permissions of the models of these apps, where they are missing: what Django does
     * after each {@code migrate}. Takes all migrations to be applied.
     */
    public static void createMissingRows(Databases databases, String alias) {
        new ModelRows(databases.using(alias)).createMissing();
    }

    private static List<Migration> contentTypes() {
        Column name = Column.of("name", varchar(100));
        return List.of(
                Migration.of("contenttypes", "0001_initial")
                        .with(createTable(Table.of(
                                        "django_content_type",
                                        Column.auto("id"),
                                        name,
                                        Column.of("app_label", varchar(100)),
                                        Column.of("model", varchar(100)))
                                .unique("app_label", "model"))),
                Migration.of("contenttypes", "0002_remove_content_type_name")
                        .after("contenttypes", "0001_initial")
                        .with(alterColumn("django_content_type", name.nullable()))
                        .with(sql("", "UPDATE django_content_type SET name = model"))
                        .with(removeColumn("django_content_type", "name")));
    }

    private static Migration tables() {
        return Migration.of("auth", "0001_initial")
                .after("contenttypes", "0001_initial")
                .with(createTable(Table.of(
                                "auth_permission",
                                Column.auto("id"),
                                Column.of("name", varchar(50)),
                                Column.of("content_type_id", INTEGER).references("django_content_type", "id"),
                                Column.of("codename", varchar(100)))
                        .unique("content_type_id", "codename")))
                .with(createTable(Table.of(
                        "auth_group",
                        Column.auto("id"),
                        Column.of("name", varchar(80)).unique())))
                .with(createTable(link("auth_group_permissions", "group", "permission")))
                .with(createTable(user()))
                .with(createTable(link("auth_user_groups", "user", "group")))
                .with(createTable(link("auth_user_user_permissions", "user", "permission")));
    }

    private static Table user() {
        return Table.of(
                "auth_user",
                Column.auto("id"),
                Column.of("password", varchar(128)),
                Column.of("last_login", TIMESTAMP),
                Column.of("is_superuser", BOOLEAN),
                Column.of("username", varchar(30)).unique(),
                Column.of("first_name", varchar(30)),
                Column.of("last_name", varchar(30)),
                Column.of("email", varchar(75)),
                Column.of("is_staff", BOOLEAN),
                Column.of("is_active", BOOLEAN),
                Column.of("date_joined", TIMESTAMP));
    }

    private static Table link(String table, String from, String to) {
        return Table.of(
                        table,
                        Column.auto("id"),
                        Column.of(from + "_id", INTEGER).references("auth_" + from, "id"),
                        Column.of(to + "_id", INTEGER).references("auth_" + to, "id"))
                .unique(from + "_id", to + "_id");
    }

    /** Those without an operation changed only what Django's own forms show; 0011 moves the rows of proxy models. */
    private static List<Migration> alterations() {
        Column username = Column.of("username", varchar(150)).unique();
        Column groupName = Column.of("name", varchar(150)).unique();
        return List.of(
                next("0002_alter_permission_name_max_length", "0001_initial")
                        .with(alterColumn("auth_permission", Column.of("name", varchar(255)))),
                next("0003_alter_user_email_max_length", "0002_alter_permission_name_max_length")
                        .with(alterColumn("auth_user", Column.of("email", varchar(254)))),
                next("0004_alter_user_username_opts", "0003_alter_user_email_max_length"),
                next("0005_alter_user_last_login_null", "0004_alter_user_username_opts")
                        .with(alterColumn(
                                "auth_user", Column.of("last_login", TIMESTAMP).nullable())),
                next("0006_require_contenttypes_0002", "0005_alter_user_last_login_null")
                        .after("contenttypes", "0002_remove_content_type_name"),
                next("0007_alter_validators_add_error_messages", "0006_require_contenttypes_0002"),
                next("0008_alter_user_username_max_length", "0007_alter_validators_add_error_messages")
                        .with(alterColumn("auth_user", username)),
                next("0009_alter_user_last_name_max_length", "0008_alter_user_username_max_length")
                        .with(alterColumn("auth_user", Column.of("last_name", varchar(150)))),
                next("0010_alter_group_name_max_length", "0009_alter_user_last_name_max_length")
                        .with(alterColumn("auth_group", groupName)),
                next("0011_update_proxy_permissions", "0010_alter_group_name_max_length"),
                next("0012_alter_user_first_name_max_length", "0011_update_proxy_permissions")
                        .with(alterColumn("auth_user", Column.of("first_name", varchar(150)))));
    }

    private static Migration next(String name, String previous) {
        return Migration.of("auth", name).after("auth", previous);
    }

    private static Migration sessions() {
        return Migration.of("sessions", "0001_initial")
                .with(createTable(Table.of(
                        "django_session",
                        Column.of("session_key", varchar(40)).primaryKey(),
                        Column.of("session_data", TEXT),
                        Column.of("expire_date", TIMESTAMP).indexed())));
    }
}
