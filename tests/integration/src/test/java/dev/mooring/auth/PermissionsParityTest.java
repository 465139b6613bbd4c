package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.parity.Django;
import dev.mooring.parity.EveryEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Django's tests of who may do what. */
@EveryEngine
@EnumSource(Engine.class)
class PermissionsParityTest extends AuthParityContract {

    /** Rules of its own, for objects that are texts. */
    private static final class Rowlevel implements AuthenticationBackend {
        @Override
        public Optional<User> authenticate(@Nullable Object request, Credentials credentials) {
            return Optional.empty();
        }

        @Override
        public boolean hasPermission(User user, String permission, @Nullable Object object) {
            if ("object".equals(object)) {
                return user.username().equals("test2")
                        || (user.isAnonymous() && permission.equals("anon"))
                        || (!user.isActive() && permission.equals("inactive"));
            }
            return false;
        }

        @Override
        public boolean hasModulePermissions(User user, String appLabel) {
            return (user.isAnonymous() || user.isActive()) && appLabel.equals("app1");
        }

        @Override
        public Set<String> allPermissions(User user, @Nullable Object object) {
            if (!"object".equals(object)) {
                return Set.of();
            } else if (user.isAnonymous()) {
                return Set.of("anon");
            }
            return user.username().equals("test2") ? Set.of("simple", "advanced") : Set.of("simple");
        }

        @Override
        public Set<String> groupPermissions(User user, @Nullable Object object) {
            return "object".equals(object) ? Set.of("group_perm") : Set.of();
        }
    }

    private static final class Simple implements AuthenticationBackend {
        @Override
        public Optional<User> authenticate(@Nullable Object request, Credentials credentials) {
            return Optional.empty();
        }

        @Override
        public Set<String> userPermissions(User user, @Nullable Object object) {
            return Set.of("user_perm");
        }

        @Override
        public Set<String> groupPermissions(User user, @Nullable Object object) {
            return Set.of("group_perm");
        }
    }

    private static final class Refusing implements AuthenticationBackend {
        @Override
        public Optional<User> authenticate(@Nullable Object request, Credentials credentials) {
            throw new PermissionDeniedException("refused");
        }

        @Override
        public boolean hasPermission(User user, String permission, @Nullable Object object) {
            throw new PermissionDeniedException("refused");
        }

        @Override
        public boolean hasModulePermissions(User user, String appLabel) {
            throw new PermissionDeniedException("refused");
        }
    }

    @Test
    @Django({"AB-01", "AB-02", "AB-03", "AB-04"})
    void areWhatTheBackendSays() {
        User user = users().createUser("test", null, "test");
        Authenticator simple = authenticator(new Simple());

        assertThat(simple.userPermissions(user, null)).containsExactly("user_perm");
        assertThat(simple.groupPermissions(user, null)).containsExactly("group_perm");
        assertThat(simple.allPermissions(user, null)).containsExactlyInAnyOrder("user_perm", "group_perm");
        assertThat(simple.hasPermission(user, "user_perm")).isTrue();
        assertThat(simple.hasPermission(user, "group_perm")).isTrue();
        assertThat(simple.hasPermission(user, "other_perm", "object")).isFalse();
    }

    @Test
    @Django("AB-06")
    void belongToSuperusersOnly() {
        Users users = users();
        Authenticator model = Authenticator.of(users);
        User user = users.createUser("test", null, "test");
        assertThat(model.hasPermission(user, "auth.test")).isFalse();

        User staff = users.update(user, Map.of("is_staff", true));
        assertThat(model.hasPermission(staff, "auth.test")).isFalse();

        User superuser = users.update(user, Map.of("is_superuser", true));
        assertThat(model.hasPermission(superuser, "auth.test")).isTrue();

        User inactive = users.update(user, Map.of("is_active", false));
        assertThat(model.hasPermission(inactive, "auth.test")).isFalse();

        Users byEmail = emailUsers();
        User other = emailUser("e@example.com");
        assertThat(Authenticator.of(byEmail).hasPermission(other, "auth.test")).isFalse();
        assertThat(Authenticator.of(byEmail)
                        .hasPermission(byEmail.update(other, Map.of("is_superuser", true)), "auth.test"))
                .isTrue();
    }

    @Test
    @Django("AB-07")
    void addUp() {
        addUp(users(), users().createUser("test", null, "test"));
    }

    @Test
    @Django("AB-07")
    void addUpForUsersOfAnotherTable() {
        addUp(emailUsers(), emailUser("e@example.com"));
    }

    private void addUp(Users users, User user) {
        Authenticator model = Authenticator.of(users);
        Groups groups = Groups.of(databases);
        users.addPermissions(user, permission("test"));
        assertThat(model.allPermissions(user, null)).isEqualTo(Set.of("auth.test"));

        users.addPermissions(user, permission("test2"), permission("test3"));
        assertThat(model.allPermissions(user, null)).as("remembered").isEqualTo(Set.of("auth.test"));
        User again = users.reload(user).orElseThrow();
        assertThat(model.allPermissions(again, null)).isEqualTo(Set.of("auth.test", "auth.test2", "auth.test3"));
        assertThat(model.hasPermission(again, "test")).isFalse();
        assertThat(model.hasPermission(again, "auth.test")).isTrue();
        assertThat(model.hasPermissions(again, List.of("auth.test2", "auth.test3"), null))
                .isTrue();
        assertThat(model.hasPermissions(again, List.of("auth.test2", "auth.nothing"), null))
                .isFalse();

        Group group = groups.create("test_group");
        groups.addPermissions(group, permission("test_group"));
        users.addToGroups(again, group, group);
        users.addToGroups(again, group);
        assertThat(users.groupsOf(again)).containsExactly(group);
        User member = users.reload(user).orElseThrow();
        assertThat(model.userPermissions(member, null)).hasSize(3);
        assertThat(model.groupPermissions(member, null)).isEqualTo(Set.of("auth.test_group"));
        assertThat(model.allPermissions(member, null)).hasSize(4);
        assertThat(model.hasPermissions(member, List.of("auth.test3", "auth.test_group"), null))
                .isTrue();
        assertThat(model.hasModulePermissions(member, "auth")).isTrue();
        assertThat(model.hasModulePermissions(member, "test")).isFalse();
        assertThat(model.usersWithPermission("auth.test")).containsExactly(user);
        assertThat(model.usersWithPermission("auth.test_group")).containsExactly(user);

        users.removeFromGroups(member, group);
        users.removePermissions(member, permissionsOf("auth.test2"));
        assertThat(model.allPermissions(users.reload(user).orElseThrow(), null))
                .isEqualTo(Set.of("auth.test", "auth.test3"));
        assertThat(model.hasPermissions(User.anonymous(), List.of("auth.test2", "auth.test3"), null))
                .isFalse();
    }

    private Permission[] permissionsOf(String label) {
        return Permissions.of(databases).find(label).toArray(Permission[]::new);
    }

    @Test
    @Django("AB-08")
    void areNotForAnObject() {
        Users users = users();
        Authenticator model = Authenticator.of(users);
        User user = users.createUser("test", null, "test");
        users.addPermissions(user, permission("test"));

        assertThat(model.hasPermission(user, "auth.test", "object")).isFalse();
        assertThat(model.allPermissions(user, "object")).isEmpty();
        assertThat(model.hasPermission(user, "auth.test")).isTrue();
        assertThat(model.allPermissions(user, null)).containsExactly("auth.test");
    }

    @Test
    @Django({"AB-09", "AB-10"})
    void areNeitherNobodysNorThoseOfInactiveUsers() {
        Users users = users();
        Authenticator model = Authenticator.of(users);
        Group group = Groups.of(databases).create("group");
        Groups.of(databases).addPermissions(group, permission("test_group"));
        User active = users.createUser("test", null, "test");
        users.addPermissions(active, permission("test_user"));
        users.addToGroups(active, group);
        assertThat(model.allPermissions(active, null)).containsExactlyInAnyOrder("auth.test_user", "auth.test_group");

        for (User user : List.of(User.anonymous(), users.update(active, Map.of("is_active", false)))) {
            assertThat(model.userPermissions(user, null)).isEmpty();
            assertThat(model.groupPermissions(user, null)).isEmpty();
            assertThat(model.allPermissions(user, null)).isEmpty();
            assertThat(model.hasPermission(user, "auth.test_user")).isFalse();
            assertThat(model.hasModulePermissions(user, "auth")).isFalse();
        }
    }

    @Test
    @Django("AB-11")
    void areAllASuperusers() {
        Users users = users();
        User superuser = users.createSuperuser("admin", null, "test");

        assertThat(Authenticator.of(users).allPermissions(superuser, null))
                .hasSize(Permissions.of(databases).all().size())
                .contains("auth.add_user", "sessions.view_session");
        assertThat(Authenticator.of(users).usersWithPermission("auth.add_user")).containsExactly(superuser);
        assertThat(Authenticator.of(users).usersWithPermission("auth.add_user", true, false))
                .isEmpty();
    }

    @Test
    @Django("AB-18")
    void differForObjects() {
        Authenticator rows = authenticator(new Rowlevel());
        User first = users().createUser("test", null, "test");
        User second = users().createUser("test2", null, "test");

        assertThat(rows.hasPermission(first, "perm", "object")).isFalse();
        assertThat(rows.hasPermission(second, "perm", "object")).isTrue();
        assertThat(rows.hasPermission(second, "perm")).isFalse();
        assertThat(rows.hasPermissions(second, List.of("simple", "advanced"), "object"))
                .isTrue();
    }

    @Test
    @Django({"AB-19", "AB-20"})
    void areGivenForObjects() {
        Authenticator rows = authenticator(new Rowlevel());
        User first = users().createUser("test", null, "test");
        User second = users().createUser("test2", null, "test");

        assertThat(rows.allPermissions(first, "object")).isEqualTo(Set.of("simple"));
        assertThat(rows.allPermissions(second, "object")).isEqualTo(Set.of("simple", "advanced"));
        assertThat(rows.allPermissions(first, null)).isEmpty();
        assertThat(rows.groupPermissions(first, "object")).isEqualTo(Set.of("group_perm"));
        assertThat(rows.groupPermissions(first, null)).isEmpty();
    }

    @Test
    @Django({"AB-21", "AB-22", "AB-24", "AB-25"})
    void areAskedOfTheBackendForNobody() {
        Authenticator rows = authenticator(new Rowlevel());
        User nobody = User.anonymous();

        assertThat(rows.hasPermission(nobody, "perm", "object")).isFalse();
        assertThat(rows.hasPermission(nobody, "anon", "object")).isTrue();
        assertThat(rows.hasPermissions(nobody, List.of("anon", "perm"), "object"))
                .isFalse();
        assertThat(rows.hasPermissions(nobody, List.of("anon"), "object")).isTrue();
        assertThat(rows.hasModulePermissions(nobody, "app1")).isTrue();
        assertThat(rows.hasModulePermissions(nobody, "app2")).isFalse();
        assertThat(rows.allPermissions(nobody, "object")).isEqualTo(Set.of("anon"));
        assertThat(nobody).isEqualTo(User.anonymous()).isNotEqualTo(users().createUser("test", null, null));
        assertThat(nobody.isAuthenticated()).isFalse();
        assertThat(nobody.isActive()).isFalse();
    }

    @Test
    @Django(
            value = "AB-26",
            better = "The error comes when the backends are configured, not when the first user arrives")
    void needABackend() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> Authenticator.builder().build())
                .withMessageStartingWith("No authentication backend was added");
    }

    @Test
    @Django({"AB-27", "AB-28"})
    void mayBeGrantedToInactiveUsers() {
        Authenticator rows = authenticator(new Rowlevel());
        User user = users().createUser("test", null, "test");
        User inactive = users().update(user, Map.of("is_active", false));

        assertThat(rows.hasPermission(inactive, "perm", "object")).isFalse();
        assertThat(rows.hasPermission(inactive, "inactive", "object")).isTrue();
        assertThat(rows.hasModulePermissions(inactive, "app1")).isFalse();
        assertThat(rows.hasModulePermissions(inactive, "app2")).isFalse();
    }

    @Test
    @Django({"AB-31", "AB-32"})
    void areRefusedByTheFirstBackend() {
        Users users = users();
        User user = users.createUser("test", null, "test");
        users.addPermissions(user, permission("test"));
        Authenticator refused = authenticator(new Refusing(), new ModelBackend(users));
        Authenticator granted = authenticator(new ModelBackend(users), new Refusing());

        assertThat(refused.hasPermission(user, "auth.test")).isFalse();
        assertThat(refused.hasModulePermissions(user, "auth")).isFalse();
        assertThat(granted.hasPermission(user, "auth.test")).isTrue();
        assertThat(granted.hasModulePermissions(user, "auth")).isTrue();
    }
}
