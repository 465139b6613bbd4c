package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.validation.PasswordProblem;
import dev.mooring.auth.validation.PasswordValidators;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The page docs/auth.md")
class AuthPageTest {

    @ParameterizedTest
    @EnumSource
    @DisplayName("has snippets that do what it says")
    void works(Engine engine) {
        try (AuthDatabase database = AuthDatabase.create(engine)) {
            Databases databases = database.databases();
            new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
            AuthMigrations.createMissingRows(databases, "default");
            String uuid = engine == Engine.POSTGRESQL ? "uuid" : "char(32)";
            String time = engine == Engine.POSTGRESQL ? "timestamptz" : "datetime(6)";
            databases.execute("CREATE TABLE accounts_user (id " + uuid + " PRIMARY KEY, password varchar(128),"
                    + " email varchar(254) UNIQUE, city varchar(50), is_active boolean, is_staff boolean,"
                    + " is_superuser boolean, last_login " + time + ", date_joined " + time + ")");
            AuthenticationListener listener = new AuthenticationListener() {};
            Object request = "request";

            Users users = Users.of(databases);
            Authenticator authenticator = Authenticator.of(users);
            Optional<User> user = authenticator.authenticate(request, "alice", "correct horse");
            assertThat(user).isEmpty();

            Credentials credentials = Credentials.of(Map.of("email", "bob@example.com", "password", "correct horse"));

            Authenticator both = Authenticator.builder()
                    .backend(new ModelBackend(users))
                    .backend(new RemoteUserBackend(users).withoutCreating())
                    .listener(listener)
                    .build();
            assertThat(both.authenticate(request, credentials)).isEmpty();

            User alice = users.createUser("alice", "alice@Example.com", "correct horse");
            User root = users.createSuperuser("root", null, "battery staple");
            alice = users.update(alice, Map.of("first_name", "Alice", "is_staff", true));
            alice = users.setPassword(alice, "a better one");
            boolean right = users.checkPassword(alice, "a better one");
            assertThat(right).isTrue();
            assertThat(both.authenticate(request, "alice", "a better one")).contains(alice);

            UserModel accounts = UserModel.builder("accounts_user")
                    .key(UserModel.Key.UUID)
                    .usernameColumn("email")
                    .without("first_name", "last_name")
                    .build();
            Users people = Users.of(databases, "default", PasswordHashers.defaults(), accounts);
            User bob = people.createUser("bob@example.com", null, "correct horse", Map.of("city", "Oslo"));
            assertThat(Authenticator.of(people).authenticate(request, credentials))
                    .contains(bob);

            Groups groups = Groups.of(databases);
            Permissions permissions = Permissions.of(databases);
            Group editors = groups.create("Editors");
            ContentType post = permissions.contentType("blog", "post");
            Permission publish = permissions.create(post, "publish_post", "Can publish post");
            groups.addPermissions(editors, publish);
            users.addToGroups(alice, editors);
            users.addPermissions(alice, permissions.find("auth.view_user").get(0));

            boolean may = authenticator.hasPermission(users.reload(alice).orElseThrow(), "blog.publish_post");
            Set<String> all = authenticator.allPermissions(root, null);
            List<User> publishers = authenticator.usersWithPermission("blog.publish_post");
            assertThat(may).isTrue();
            assertThat(all).hasSize(21);
            assertThat(publishers).containsExactly(alice, root);

            PasswordHashers hashers = PasswordHashers.forDjango("5.2").alsoReading(DjangoHashers.sha1());
            PasswordHashers ours = PasswordHashers.of(DjangoHashers.argon2(), DjangoHashers.pbkdf2Sha256(1_000_000));
            Users withArgon2 = Users.of(databases, "default", ours);
            assertThat(hashers.identify("sha1$salt$hash")).contains("sha1");
            assertThat(withArgon2.setPassword(alice, "x").encodedPassword()).startsWith("argon2$");

            PasswordValidators validators = PasswordValidators.defaults();
            validators.validate("a better one", alice);
            List<PasswordProblem> problems = validators.problems("password", Map.of("username", "carol"));
            assertThat(problems).hasSize(1);
        }
    }
}
