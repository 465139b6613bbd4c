package dev.mooring.auth.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Database;
import dev.mooring.auth.User;
import dev.mooring.auth.UserModel;
import dev.mooring.auth.Users;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.sessions.SharedDatabase;
import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.config.Secret;
import dev.mooring.error.ImproperlyConfiguredException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Tokens of REST framework and of simplejwt are checked, strictly")
class TokensTest {

    private static final String KEY = "test-secret-key";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String ID = "45c48cce2e2d7fbdea1afc51c7c6ad26";
    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String GOOD =
            "{\"token_type\":\"access\",\"exp\":1700000300,\"jti\":\"" + ID + "\",\"user_id\":7}";

    /** Made by PyJWT, which simplejwt uses. */
    private static final String ACCESS =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNzAwMDAwMzAwLCJpYXQiOjE"
                    + "3MDAwMDAwMDAsImp0aSI6ImM5ZjBmODk1ZmI5OGFiOTE1OWY1MWZkMDI5N2UyMzZkIiwidXNlcl9pZCI6MX0.3EbsvVBAVrhNROe"
                    + "sY7QcDLohU4oJG5axb7LdD-jEtyA";

    private static final String REFRESH =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCIsImV4cCI6MTcwMDA4NjQwMCwiaWF0Ijo"
                    + "xNzAwMDAwMDAwLCJqdGkiOiI0NWM0OGNjZTJlMmQ3ZmJkZWExYWZjNTFjN2M2YWQyNiIsInVzZXJfaWQiOiIxIn0.d5qJ7roWQyF"
                    + "wQ--cw5TD8kEG7yNgVkmXOWnXDwYKFKM";

    private SharedDatabase database;
    private Database db;
    private SimpleJwtTokens tokens;

    private void open(Engine engine) {
        database = SharedDatabase.create(engine);
        db = database.databases().using("default");
        drop();
        String quoted = db.backend().dialect().quoteName("key");
        db.execute("CREATE TABLE authtoken_token (" + quoted
                + " varchar(40) NOT NULL PRIMARY KEY, created timestamp NOT NULL, user_id integer NOT NULL UNIQUE)");
        db.execute(
                "CREATE TABLE token_blacklist_outstandingtoken (id integer NOT NULL PRIMARY KEY, jti varchar(255) NOT NULL)");
        db.execute(
                "CREATE TABLE token_blacklist_blacklistedtoken (id integer NOT NULL PRIMARY KEY, token_id integer NOT NULL)");
        tokens = at(NOW);
    }

    private SimpleJwtTokens at(Instant now) {
        return SimpleJwtTokens.of(Secret.of(KEY), db, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void drop() {
        for (String table :
                List.of("authtoken_token", "token_blacklist_outstandingtoken", "token_blacklist_blacklistedtoken")) {
            db.execute("DROP TABLE IF EXISTS " + table);
        }
    }

    @AfterEach
    void close() {
        drop();
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void restTokensNameTheirUser(Engine engine) {
        open(engine);
        Users users = Users.of(database.databases());
        User alice = users.createUser("alice", null, null);
        String token = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";
        String quoted = db.backend().dialect().quoteName("key");
        db.execute(
                "INSERT INTO authtoken_token (" + quoted + ", created, user_id) VALUES (%s, %s, %s)",
                token,
                NOW,
                alice.id());
        RestTokens rest = RestTokens.of(db, users);

        assertThat(rest.authenticate(token)).contains(alice);
        assertThat(rest.authenticateHeader("Token " + token)).contains(alice);
        assertThat(rest.authenticateHeader("token  " + token)).contains(alice);
        for (String header :
                new String[] {null, "", "Token", "Token ", token, "Bearer " + token, "Token a b", "Token\u00a0x"}) {
            assertThat(rest.authenticateHeader(header)).as("%s", header).isEmpty();
        }
        for (String other : new String[] {
            "", token.substring(1), token + "0", "x".repeat(1 << 20), "\0", "\ud800", "%", "' OR 1=1 --"
        }) {
            assertThat(rest.authenticate(other)).as(other).isEmpty();
        }
        // MariaDB compares texts without case, with Django too.
        assertThat(rest.authenticate(token.toUpperCase(java.util.Locale.ROOT)).isPresent())
                .isEqualTo(engine == Engine.MARIADB);
        db.execute("UPDATE auth_user SET is_active = %s", false);
        assertThat(rest.authenticate(token)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A token of REST framework names its user by a UUID too, however the database stores one")
    void restTokensNameUsersWithUuids(Engine engine) {
        open(engine);
        String uuid = engine == Engine.SQLITE ? "char(32)" : "uuid";
        db.execute("DROP TABLE IF EXISTS accounts_user");
        db.execute("CREATE TABLE accounts_user (id " + uuid + " PRIMARY KEY, password text, username text)");
        db.execute("DROP TABLE authtoken_token");
        String quoted = db.backend().dialect().quoteName("key");
        db.execute("CREATE TABLE authtoken_token (" + quoted + " varchar(40) PRIMARY KEY, user_id " + uuid + ")");
        UserModel model = UserModel.builder("accounts_user")
                .key(UserModel.Key.UUID)
                .without("last_login", "first_name", "last_name", "email", "is_staff", "is_active", "date_joined")
                .withoutPermissions()
                .build();
        Users users = Users.of(database.databases(), "default", PasswordHashers.insecureForExperiments(), model);
        User alice = users.createUser("alice", null, null);
        db.execute("INSERT INTO authtoken_token VALUES (%s, %s)", "9944b09199c62bcf", alice.id());

        assertThat(RestTokens.of(db, users).authenticate("9944b09199c62bcf")).contains(alice);
        db.execute("DROP TABLE accounts_user");
    }

    @ParameterizedTest
    @EnumSource
    void jsonWebTokensOfSimplejwtAreVerified(Engine engine) {
        open(engine);

        SimpleJwt access = tokens.verifyAccess(ACCESS);
        assertThat(access.userId()).contains("1");
        assertThat(access.expires()).isEqualTo(NOW.plusSeconds(300));
        assertThat(access.claims()).containsEntry("iat", 1_700_000_000L);
        assertThat(access).hasToString("SimpleJwt[access]");
        assertThat(tokens.verifyHeader("Bearer " + ACCESS)).contains(access);
        assertThat(tokens.verifyHeader("Basic abc")).isEmpty();
        assertThat(tokens.verifyHeader(null)).isEmpty();
        assertThat(tokens.verifyRefresh(REFRESH).userId()).contains("1");
        assertThat(tokens.verifyAccess(token(HS256, GOOD)).userId()).contains("7");
        refused(REFRESH, "no access token but refresh");
        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> tokens.verifyRefresh(ACCESS));
    }

    @ParameterizedTest
    @EnumSource
    void jsonWebTokensExpire(Engine engine) {
        open(engine);
        assertThat(at(NOW.plusSeconds(299)).verifyAccess(ACCESS).type()).isEqualTo("access");
        tokens = at(NOW.plusSeconds(300));
        refused(ACCESS, "expired");
        tokens = at(NOW.minusSeconds(1));
        refused(ACCESS, "not valid yet");
    }

    @ParameterizedTest
    @EnumSource
    void refreshTokensOnTheBlacklistAreRefused(Engine engine) {
        open(engine);
        db.execute("INSERT INTO token_blacklist_outstandingtoken VALUES (1, %s)", ID);
        assertThat(tokens.verifyRefresh(REFRESH).id()).isEqualTo(ID);
        db.execute("INSERT INTO token_blacklist_blacklistedtoken VALUES (5, 1)");

        assertThatExceptionOfType(InvalidTokenException.class)
                .isThrownBy(() -> tokens.verifyRefresh(REFRESH))
                .withMessage("The token is blacklisted");
        assertThat(SimpleJwtTokens.of(Secret.of(KEY), null, Clock.fixed(NOW, ZoneOffset.UTC))
                        .verifyRefresh(REFRESH)
                        .id())
                .isEqualTo(ID);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("No other algorithm is taken, and nothing that must be there may be missing")
    void forgeriesAreRefused(Engine engine) {
        open(engine);
        refused(token("{\"alg\":\"none\"}", GOOD), "HS256");
        refused(token("{\"alg\":\"hs256\"}", GOOD), "HS256");
        refused(token("{\"alg\":\"HS512\"}", GOOD), "HS256");
        refused(token("{\"alg\":\"RS256\"}", GOOD), "HS256");
        refused(token("{\"alg\":[\"HS256\"]}", GOOD), "HS256");
        refused(token("{}", GOOD), "HS256");
        refused(token("{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}", GOOD), "extension");
        refused(encoded("{\"alg\":\"none\"}") + "." + encoded(GOOD) + ".", "HS256");
        refused(encoded(HS256) + "." + encoded(GOOD) + ".", "signature");
        refused(token(HS256, GOOD).substring(0, 100), "");
        refused(token(HS256, GOOD) + "=", "signature");
        refused(token(HS256, "[]"), "no JSON object");
        refused(token(HS256, "{"), "not JSON");
        refused(token(HS256, GOOD.replace("\"exp\":1700000300,", "")), "'exp'");
        refused(token(HS256, GOOD.replace("1700000300", "\"1700000300\"")), "'exp'");
        refused(token(HS256, GOOD.replace("1700000300", "NaN")), "'exp'");
        refused(token(HS256, GOOD.replace("1700000300", "-1e999")), "expired");
        refused(token(HS256, GOOD.replace("access", "sliding")), "no access token");
        refused(token(HS256, GOOD.replace("\"token_type\":\"access\",", "")), "no access token");
        refused(token(HS256, GOOD.replace(ID, "")), "identity");
        refused(token(HS256, GOOD.replace("\"jti\"", "\"id\"")), "identity");
        refused(token(HS256, GOOD.replace("}", ",\"nbf\":1700000001}")), "not valid yet");
        for (String odd :
                new String[] {"", ".", "..", "...", "a.b.c", "\0.\ud800.é", "x".repeat(1 << 20), ".".repeat(1 << 20)}) {
            refused(odd, "");
        }
        assertThat(tokens.verifyAccess(token(HS256, GOOD.replace("1700000300", "1e999")))
                        .expires())
                .isAfter(NOW);
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> SimpleJwtTokens.of(Secret.of("")))
                .withMessageContaining("SIGNING_KEY");
    }

    private void refused(String token, String why) {
        assertThatExceptionOfType(InvalidTokenException.class)
                .isThrownBy(() -> tokens.verifyAccess(token))
                .withMessageContaining(why);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    /** {@return a token signed with the right key, whatever it says} */
    private static String token(String header, String claims) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
            String signed = encoded(header) + "." + encoded(claims);
            return signed + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
