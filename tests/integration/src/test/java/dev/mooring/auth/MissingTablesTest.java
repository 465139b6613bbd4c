package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.auth.tokens.RestTokens;
import dev.mooring.error.DatabaseException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A table of Django's that is missing")
@ParameterizedClass
@EnumSource(Engine.class)
class MissingTablesTest {

    private static final String KEY = "x".repeat(50);

    private final Engine engine;
    private AuthDatabase database;
    private Databases databases;

    MissingTablesTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void create() {
        database = AuthDatabase.create(engine);
        databases = database.databases();
    }

    @AfterEach
    void close() {
        database.close();
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                call("auth_user", databases -> {
                    Optional<User> unused = Authenticator.of(databases).authenticate(null, "alice", "secret");
                }),
                call("auth_user", databases -> {
                    User unused = Users.of(databases).createUser("alice", null, null);
                }),
                call("auth_group", databases -> {
                    Group unused = Groups.of(databases).create("staff");
                }),
                call("django_content_type", databases -> AuthMigrations.createMissingRows(databases, "default")),
                call("auth_permission", databases -> Permissions.of(databases).all()),
                call(
                        "django_session",
                        databases -> SessionStore.of(databases, SecretKeys.of(KEY))
                                .open("0".repeat(32))
                                .contains("anything")),
                call("django_session", databases -> {
                    int unused = SessionStore.of(databases, SecretKeys.of(KEY)).clearExpired();
                }));
    }

    private static Arguments call(String table, Consumer<Databases> call) {
        return Arguments.of(table, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    @DisplayName("is named with its database and what makes it, in a transaction too")
    void isNamed(String table, Consumer<Databases> call) {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> call.accept(databases))
                .withMessageStartingWith("Table '%s'", table)
                .withMessageContainingAll(
                        " is missing in database 'default': ",
                        "'manage.py migrate'",
                        "AuthMigrations.all()",
                        "MigrationSource",
                        "alias")
                .withMessageNotContaining("SELECT")
                .withCauseInstanceOf(DatabaseException.class);
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> databases.atomic(() -> call.accept(databases)))
                .withMessageStartingWith("Table '%s'", table)
                .withMessageContaining(" is missing in database 'default': ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("and is another application's is named without migrations that do not make it")
    void ofAnotherApplication(boolean tokens) {
        Users users = Users.of(
                databases,
                "default",
                PasswordHashers.defaults(),
                UserModel.builder("shop_user").build());
        RestTokens rest = RestTokens.of(databases.using("default"), users);

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> {
                    Optional<User> unused = tokens ? rest.authenticate("abc") : users.findByUsername("alice");
                })
                .withMessageStartingWith("Table '%s' is missing", tokens ? "authtoken_token" : "shop_user")
                .withMessageContaining("manage.py migrate")
                .withMessageNotContaining("AuthMigrations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE auth_user (id integer)", "CREATE VIEW auth_user AS SELECT * FROM elsewhere"})
    @DisplayName("is not what a missing column, or a missing table of somebody else's, is called")
    void somethingElseIsMissing(String sql) {
        databases.execute("CREATE TABLE elsewhere (id integer)");
        databases.execute(sql);
        if (engine == Engine.SQLITE) {
            databases.execute("DROP TABLE elsewhere");
        }

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> Users.of(databases).findByUsername("alice"))
                .withMessageNotContaining("is missing in database");
    }
}
