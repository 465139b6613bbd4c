package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mooring.ExecuteWrapper;
import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.error.IntegrityException;
import dev.mooring.parity.EveryEngine;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Users, groups, permissions and content types")
@EveryEngine
@EnumSource(Engine.class)
class UserManagementTest extends AuthParityContract {

    @Test
    @DisplayName("fields of a user are changed by Django's names, in whatever table")
    void fieldsAreChanged() {
        Instant joined = Instant.parse("2024-01-02T03:04:05Z");
        Users users = users().withClock(Clock.fixed(joined, ZoneOffset.UTC));
        User user = users.createUser("alice", null, null, Map.of("first_name", "Alice"));
        assertThat(user.dateJoined()).contains(joined);
        assertThat(user.firstName()).isEqualTo("Alice");

        User changed = users.update(user, Map.of("last_name", "Liddell", "is_staff", true));
        assertThat(changed.lastName()).isEqualTo("Liddell");
        assertThat(changed.isStaff()).isTrue();
        users.updateLastLogin(user);
        assertThat(users.reload(user).flatMap(User::lastLogin)).contains(joined);

        for (String field : new String[] {"id", "password", "username", "nonsense", "\" = 1; --"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> users.update(user, Map.of(field, "x")))
                    .withMessageContaining("update() can change");
        }
        User email = emailUser("e@example.com");
        assertThatIllegalArgumentException().isThrownBy(() -> emailUsers().update(email, Map.of("first_name", "x")));
        assertThat(emailUsers().update(email, Map.of("is_active", false)).isActive())
                .isFalse();
        databases.execute("DELETE FROM email_user");
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> emailUsers().update(email, Map.of("is_active", true)));
        assertThat(emailUsers().reload(email)).isEmpty();
    }

    @Test
    @DisplayName(
            "a value that its field cannot have is refused, for SQLite would store it and nobody could read the user again")
    void valuesHaveTheirTypes() {
        User user = users().createUser("alice", null, null);
        Map<String, Object> wrong = new HashMap<>(Map.of(
                "is_active", "no", "is_staff", 1, "first_name", 7, "last_login", "yesterday", "date_joined", 0L));
        wrong.put("is_superuser", null);
        wrong.forEach((field, value) -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> users().update(user, Collections.singletonMap(field, value)))
                    .withMessageContaining("Field '" + field + "' takes");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> users().createUser("bob", null, null, Collections.singletonMap(field, value)))
                    .withMessageContaining("Field '" + field + "' takes");
        });
        assertThat(users().update(user, Collections.singletonMap("last_login", null))
                        .lastLogin())
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emailUsers().update(emailUser("e@example.com"), Map.of("is_active", 1)))
                .withMessage("Field 'is_active' takes true or false, not a value of type Integer");
    }

    @Test
    @DisplayName("what has a parameter of its own is not given twice, and a superuser is one")
    void parametersAreGivenOnce() {
        for (String column : new String[] {"username", "email", "password"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> users().createUser("alice", null, null, Map.of(column, "x")))
                    .withMessage("Column '" + column + "' is given by a parameter of its own; leave it out of the map");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emailUsers().createUser("a@b.c", null, null, Map.of("secret", "x")));
        for (String rank : new String[] {"is_superuser", "is_staff"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> users().createSuperuser("root", null, null, Map.of(rank, false)))
                    .withMessage("A superuser must have " + rank + " true");
        }
        assertThat(users().createUser("staff", null, null, Map.of("is_staff", true))
                        .isStaff())
                .isTrue();
    }

    @Test
    @DisplayName("a group that somebody else gives the user at the same moment is given once")
    void groupsAreGivenAtOnce() {
        assumeThat(engine).as("SQLite has one writer at a time").isNotEqualTo(Engine.SQLITE);
        User user = users().createUser("alice", null, null);
        Group editors = Groups.of(databases).create("Editors");
        AtomicBoolean first = new AtomicBoolean(true);
        try (ExecuteWrapper.Scope meanwhile = databases.get().executeWrapper(execution -> {
            if (execution.sql().startsWith("INSERT") && first.getAndSet(false)) {
                CompletableFuture.runAsync(() -> users().addToGroups(user, editors))
                        .join();
            }
            execution.proceed();
        })) {
            users().addToGroups(user, editors);
        }

        assertThat(first).isFalse();
        assertThat(databases.query("SELECT id FROM auth_user_groups")).hasSize(1);
        Group gone = Groups.of(databases).create("Gone");
        Groups.of(databases).delete(gone, users());
        assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> users().addToGroups(user, gone));
    }

    @Test
    @DisplayName("users of another table are found by name, key and text, and have its columns only")
    void usersOfAnotherTable() {
        User email = emailUser("E@Example.COM");
        assertThat(email.username()).isEqualTo("E@example.com");
        assertThat(email.email()).isEqualTo("E@example.com");
        assertThat(email.firstName()).isEmpty();
        assertThat(email.lastLogin()).isEmpty();
        assertThat(email.dateJoined()).isEmpty();
        assertThat(email.isStaff()).isFalse();
        assertThat(emailUsers().findById(email.id())).contains(email);
        assertThat(emailUsers().findByIdText(email.idText())).contains(email);
        assertThat(emailUsers().findByUsername("E@example.com")).contains(email);
        assertThat(databases.query("SELECT born FROM email_user").get(0).getString("born"))
                .isEqualTo("2001-01-01");

        User uuid = uuidUsers().createSuperuser("root", null, "test");
        assertThat(uuid.id()).isInstanceOf(UUID.class);
        assertThat(uuid.isSuperuser()).isFalse();
        assertThat(uuidUsers().findByIdText(uuid.idText())).contains(uuid);
        assertThat(Authenticator.of(uuidUsers()).allPermissions(uuid, null)).isEmpty();
        assertThat(uuidUsers().table().model().permissions()).isNull();
        Permission permission = permission("test");
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> uuidUsers().addPermissions(uuid, permission))
                .withMessageContaining("'uuid_user' was built withoutPermissions()");
        assertThat(Authenticator.of(uuidUsers()).usersWithPermission("auth.test"))
                .isEmpty();
    }

    @Test
    @DisplayName("a model without what a login needs is refused")
    void modelsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserModel.builder("t").without("password"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserModel.builder("t").without("nonsense"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserModel.builder("t").column("nonsense", "x"));
        assertThatIllegalStateException().isThrownBy(() -> User.anonymous().id());
    }

    @Test
    @DisplayName("groups are made, renamed, found and deleted with all that hangs on them")
    void groups() {
        Groups groups = Groups.of(databases);
        Group editors = groups.create("Editors");
        groups.addPermissions(editors, permission("test"), permission("test2"));
        User user = users().createUser("alice", null, null);
        users().addToGroups(user, editors);

        assertThat(groups.find("Editors")).contains(editors);
        assertThat(groups.find("a".repeat(151))).isEmpty();
        assertThat(Permissions.of(databases).of(editors))
                .extracting(Permission::label)
                .containsExactly("auth.test", "auth.test2");
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.atomic(() -> groups.create("Editors")));
        assertThatIllegalArgumentException().isThrownBy(() -> groups.create(""));
        assertThatIllegalArgumentException().isThrownBy(() -> groups.create("\0"));
        Group writers = groups.rename(editors, "Writers");
        assertThat(groups.all()).containsExactly(writers);
        groups.removePermissions(
                writers, Permissions.of(databases).find("auth.test2").get(0));
        assertThat(Permissions.of(databases).of(writers)).hasSize(1);

        groups.delete(writers, users());
        assertThat(groups.all()).isEmpty();
        assertThat(users().groupsOf(user)).isEmpty();
        assertThat(Permissions.of(databases).find("auth.test")).hasSize(1);
    }

    @Test
    @DisplayName("permissions and content types are made, found by label, and deleted from everyone")
    void permissions() {
        Permissions permissions = Permissions.of(databases);
        ContentType type = permissions.contentType("auth", "user");
        assertThat(permissions.contentType("auth", "user")).isEqualTo(type);
        assertThat(permissions.findContentType("auth", "nothing")).isEmpty();
        Permission made = permissions.create(type, "test_fly", "Can fly");
        User user = users().createUser("alice", null, null);
        users().addPermissions(user, made, made);
        users().addPermissions(user, made);

        assertThat(made.label()).isEqualTo("auth.test_fly");
        assertThat(permissions.find("auth.test_fly")).containsExactly(made);
        assertThat(permissions.all()).contains(made);
        for (String label : new String[] {"", ".", "auth", "auth.", ".fly", "auth.\0"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> permissions.find(label));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Authenticator.of(users()).usersWithPermission(label));
        }
        permissions.delete(made, users());
        assertThat(permissions.find("auth.test_fly")).isEmpty();
        assertThat(Authenticator.of(users()).allPermissions(user, null)).isEmpty();
    }

    @Test
    @DisplayName("a permission is asked for with one statement, and then no more")
    void permissionsAreRemembered() {
        Users users = users();
        User user = users.createUser("alice", null, null);
        users.addPermissions(user, permission("test"));
        Authenticator authenticator = Authenticator.of(users);

        assertThat(authenticator.hasPermission(user, "auth.test")).isTrue();
        users.removePermissions(
                user, Permissions.of(databases).find("auth.test").get(0));
        assertThat(authenticator.hasPermission(user, "auth.test")).isTrue();
        assertThat(authenticator.hasPermission(users.reload(user).orElseThrow(), "auth.test"))
                .isFalse();
    }
}
