package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.django.RealDjango;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The real Django and this library on one database")
class PermissionsOfDjangoTest {

    /** Prints, for every user, what both sides can be asked for. */
    private static final String SAY = """
            from django.contrib.auth.models import User
            for user in User.objects.order_by('username'):
                print(user.username, '|', ' '.join(sorted(user.get_user_permissions())), '|',
                      ' '.join(sorted(user.get_group_permissions())), '|',
                      ' '.join(sorted(user.get_all_permissions())), '|',
                      user.has_perm('auth.add_user'), user.has_module_perms('auth'), '|',
                      ' '.join(group.name for group in user.groups.order_by('name')))
            print(' '.join(sorted(user.username for user in User.objects.with_perm('auth.add_user'))))
            """;

    private AuthDatabase database;
    private RealDjango django;

    private Users open(Engine engine, TestInfo test) {
        django = RealDjango.require(test);
        database = AuthDatabase.create(engine);
        RealDjango.Outcome outcome = django.manage(database.settings(), "migrate", "-v0");
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return Users.of(database.databases(), "default", PasswordHashers.defaults());
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("give every user the same permissions and groups, whichever of the two made them")
    void agree(Engine engine, TestInfo test) {
        Users users = open(engine, test);
        python("""
                from django.contrib.auth.models import User, Group, Permission
                editors = Group.objects.create(name='Editors')
                editors.permissions.set(Permission.objects.filter(codename__in=['add_user', 'view_session']))
                for name in ('direct', 'grouped', 'both', 'inactive', 'nothing'):
                    user = User.objects.create_user(name, password='x', is_active=name != 'inactive')
                    if name in ('direct', 'both', 'inactive'):
                        user.user_permissions.set(Permission.objects.filter(codename__in=['add_user', 'change_group']))
                    if name in ('grouped', 'both', 'inactive'):
                        user.groups.add(editors)
                User.objects.create_superuser('root', password='x')
                """);
        Groups groups = Groups.of(database.databases());
        Permissions permissions = Permissions.of(database.databases());
        Group ours = groups.create("Ours");
        groups.addPermissions(
                ours,
                permissions.find("auth.delete_user").get(0),
                permissions.find("auth.add_user").get(0));
        User made = users.createUser("made here", null, "x");
        users.addToGroups(made, ours, groups.find("Editors").orElseThrow());
        users.addPermissions(
                made, permissions.find("contenttypes.view_contenttype").get(0));
        users.removePermissions(
                users.findByUsername("both").orElseThrow(),
                permissions.find("auth.change_group").get(0));
        users.removeFromGroups(
                users.findByUsername("grouped").orElseThrow(),
                groups.find("Editors").orElseThrow());
        users.createSuperuser("root here", null, "x");
        users.update(users.createSuperuser("inactive root", null, "x"), Map.of("is_active", false));

        assertThat(said(users)).isEqualTo(python(SAY).lines().toList());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    @DisplayName("change no hash in logins of both, without a djangoVersion")
    void changeNoHash(Engine engine, TestInfo test) {
        Users users = open(engine, test);
        python(
                "from django.contrib.auth.models import User; User.objects.create_user('alice', password='correct horse')");
        String stored = users.findByUsername("alice").orElseThrow().encodedPassword();
        assertThat(stored).startsWith("pbkdf2_sha256$260000$");

        int turns = Boolean.getBoolean("mooring.full") ? 10 : 2;
        for (int turn = 0; turn < turns; turn++) {
            assertThat(Authenticator.of(users).authenticate(null, "alice", "correct horse"))
                    .isPresent();
            assertThat(users.findByUsername("alice").orElseThrow().encodedPassword())
                    .isEqualTo(stored);
        }
        assertThat(python("""
                from django.contrib.auth import authenticate
                print([authenticate(username='alice', password='correct horse').username for turn in range(%d)])
                """.formatted(turns))).isEqualTo("['alice'" + ", 'alice'".repeat(turns - 1) + "]");
        assertThat(users.findByUsername("alice").orElseThrow().encodedPassword())
                .isEqualTo(stored);
        assertThat(users.createUser("bob", null, "x").encodedPassword()).startsWith("pbkdf2_sha256$260000$");
    }

    private List<String> said(Users users) {
        Authenticator authenticator = Authenticator.of(users);
        List<String> lines = new java.util.ArrayList<>();
        for (String name : new TreeSet<>(List.of(
                "direct",
                "grouped",
                "both",
                "inactive",
                "nothing",
                "root",
                "made here",
                "root here",
                "inactive root"))) {
            User user = users.findByUsername(name).orElseThrow();
            lines.add(name + " | " + sorted(authenticator.userPermissions(user, null)) + " | "
                    + sorted(authenticator.groupPermissions(user, null)) + " | "
                    + sorted(authenticator.allPermissions(user, null)) + " | "
                    + python(authenticator.hasPermission(user, "auth.add_user")) + " "
                    + python(authenticator.hasModulePermissions(user, "auth")) + " | "
                    + users.groupsOf(user).stream().map(Group::name).collect(java.util.stream.Collectors.joining(" ")));
        }
        lines.add(sorted(authenticator.usersWithPermission("auth.add_user").stream()
                .map(User::username)
                .toList()));
        return lines;
    }

    private static String sorted(java.util.Collection<String> texts) {
        return String.join(" ", new TreeSet<>(texts));
    }

    private static String python(boolean flag) {
        return flag ? "True" : "False";
    }

    private String python(String lines) {
        RealDjango.Outcome outcome = django.script(database.settings(), lines);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output().stripTrailing();
    }
}
