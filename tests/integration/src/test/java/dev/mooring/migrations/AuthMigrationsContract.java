package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.django.RealDjango;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our migrations of Django's tables beside its own, on one kind of database. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AuthMigrationsContract {

    private static final boolean FULL = Boolean.getBoolean("mooring.full");

    /** What Django migrated, from nothing to its latest: each test has a copy, since Django takes seconds for one. */
    private @Nullable DatabaseSettings migratedByDjango;

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    /** {@return a new database that holds what {@code original} does} */
    abstract DatabaseSettings copyOf(DatabaseSettings original);

    @Test
    void makeTheTablesAndRowsThatDjangoMakes(TestInfo test) {
        DatabaseSettings djangos = migratedBy(RealDjango.require(test));

        try (Databases databases = Databases.of(emptyDatabase());
                Databases expected = Databases.of(djangos)) {
            migrate(databases);

            assertThat(Tables.facts(databases))
                    .isEqualTo(Tables.facts(expected))
                    .hasSizeGreaterThan(60);
            assertThat(Tables.rows(databases)).isEqualTo(Tables.rows(expected)).hasSize(15 + 5 + 20);
        }
    }

    @Test
    void leaveNothingForDjangoToDo(TestInfo test) {
        RealDjango django = RealDjango.require(test);
        DatabaseSettings settings = emptyDatabase();
        try (Databases databases = Databases.of(settings)) {
            migrate(databases);
        }

        succeed(django.manage(settings, "migrate", "--check"));
        assertThat(django.manage(settings, "migrate", "-v1").output()).contains("No migrations to apply.");
        succeed(django.script(settings, """
                from django.contrib.auth.models import Group, User
                user = User.objects.create_user('anna', 'anna@example.com', 'secret')
                user.groups.add(Group.objects.create(name='staff'))
                assert User.objects.get(groups__name='staff').username == 'anna'
                """));
    }

    @Test
    void haveNothingToDoAfterDjango(TestInfo test) {
        DatabaseSettings djangos = migratedBy(RealDjango.require(test));

        try (Databases databases = Databases.of(djangos)) {
            List<String> facts = Tables.facts(databases);
            List<String> rows = Tables.rows(databases);

            assertThat(migrate(databases)).isEmpty();
            assertThat(Tables.facts(databases)).isEqualTo(facts);
            assertThat(Tables.rows(databases)).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @MethodSource("halfway")
    void finishWhatDjangoLeftHalfway(String last, TestInfo test) {
        RealDjango django = RealDjango.require(test);
        DatabaseSettings djangos = migratedBy(django);
        DatabaseSettings half = emptyDatabase();
        succeed(django.manage(half, "migrate", "auth", last, "-v0"));

        try (Databases databases = Databases.of(half);
                Databases expected = Databases.of(djangos)) {
            addUser(databases);
            migrate(databases);

            assertThat(Tables.facts(databases)).isEqualTo(Tables.facts(expected));
            assertThat(databases.query("SELECT g.group_id FROM auth_user_groups g"
                            + " JOIN auth_user u ON u.id = g.user_id WHERE u.username = 'anna'"))
                    .hasSize(1);
        }
        succeed(django.manage(half, "migrate", "--check"));
    }

    @ParameterizedTest
    @MethodSource("earlier")
    void goBackToWhatDjangoGoesBackTo(String last, TestInfo test) {
        RealDjango django = RealDjango.require(test);
        DatabaseSettings djangos = migratedBy(django);
        succeed(django.manage(djangos, "migrate", "auth", last, "-v0"));
        DatabaseSettings settings = emptyDatabase();

        try (Databases databases = Databases.of(settings);
                Databases expected = Databases.of(djangos)) {
            migrate(databases);
            goTo(databases, MigrationTarget.of(new MigrationId("auth", last)));

            assertThat(Tables.factsInAnyOrder(databases)).isEqualTo(Tables.factsInAnyOrder(expected));
            assertThat(new MigrationLedger(databases, "default").applied())
                    .isEqualTo(new MigrationLedger(expected, "default").applied());
        }
        succeed(django.manage(settings, "migrate", "-v0"));
        succeed(django.manage(settings, "migrate", "--check"));
    }

    /** Django takes seconds for each: usually some, with {@code -Dmooring.full} more. */
    private static List<String> halfway() {
        return FULL ? List.of("0001", "0003", "0005", "0008", "0011") : List.of("0005");
    }

    private static List<String> earlier() {
        return FULL
                ? List.of("0001_initial", "0005_alter_user_last_login_null", "0011_update_proxy_permissions")
                : List.of("0005_alter_user_last_login_null");
    }

    @Test
    void undoWhatDjangoApplied(TestInfo test) {
        RealDjango django = RealDjango.require(test);
        DatabaseSettings settings = migratedBy(django);
        try (Databases databases = Databases.of(settings)) {
            goTo(databases, MigrationTarget.zero("sessions"));
            goTo(databases, MigrationTarget.zero("contenttypes"));
            assertThat(databases.using("default").tableNames()).containsExactly("django_migrations");
        }

        assertThat(django.manage(settings, "showmigrations").output())
                .contains("[ ] 0001_initial")
                .doesNotContain("[X]");
        succeed(django.manage(settings, "migrate", "-v0"));
        try (Databases databases = Databases.of(settings)) {
            assertThat(migrate(databases)).isEmpty();
        }
    }

    @Test
    void addOnlyTheRowsThatAreMissing() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            migrate(databases);
            databases.execute("DELETE FROM auth_permission WHERE codename = 'view_user'");
            databases.execute("UPDATE auth_permission SET name = 'Darf Gruppen' WHERE codename = 'add_group'");

            AuthMigrations.createMissingRows(databases, "default");

            assertThat(databases.query("SELECT name FROM auth_permission"))
                    .hasSize(20)
                    .extracting(row -> row.getString("name"))
                    .contains("Can view user", "Darf Gruppen")
                    .doesNotContain("Can add group");
        }
    }

    private DatabaseSettings migratedBy(RealDjango django) {
        DatabaseSettings original = migratedByDjango;
        if (original == null) {
            original = emptyDatabase();
            succeed(django.manage(original, "migrate", "-v0"));
            migratedByDjango = original;
        }
        return copyOf(original);
    }

    private static List<Migration> migrate(Databases databases) {
        List<Migration> applied =
                new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
        AuthMigrations.createMissingRows(databases, "default");
        return applied;
    }

    private static void goTo(Databases databases, MigrationTarget target) {
        new MigrationExecutor(databases, "default", AuthMigrations.all())
                .migrate(List.of(target), MigrationMode.NORMAL, MigrationListener.none());
    }

    private static void addUser(Databases databases) {
        databases.execute("INSERT INTO auth_group (id, name) VALUES (7, 'staff')");
        databases.execute(
                "INSERT INTO auth_user (id, password, last_login, is_superuser, username, first_name,"
                        + " last_name, email, is_staff, is_active, date_joined) VALUES (7, '!', '2026-01-01 00:00:00',"
                        + " %s, 'anna', '', '', '', %s, %s, '2026-01-01 00:00:00')",
                false, false, true);
        databases.execute("INSERT INTO auth_user_groups (id, user_id, group_id) VALUES (7, 7, 7)");
    }

    private static void succeed(RealDjango.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }
}
