package dev.mooring.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Groups;
import dev.mooring.auth.Permissions;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

@DisplayName("Spring Security sees Django's users, their passwords and what they may do")
class DjangoUserDetailsTest {

    private static final PasswordHashers HASHERS = PasswordHashers.of(DjangoHashers.pbkdf2Sha256(1000));

    private final Databases databases = Databases.of(DatabaseSettings.fromUrl("sqlite://:memory:"));
    private final DjangoPasswordEncoder encoder = new DjangoPasswordEncoder(HASHERS);
    private Users users;
    private Authenticator authenticator;
    private DjangoUserDetailsService service;

    @BeforeEach
    void makeTables() {
        new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
        AuthMigrations.createMissingRows(databases, "default");
        users = Users.of(databases, "default", HASHERS);
        authenticator = Authenticator.of(users);
        service = new DjangoUserDetailsService(users, authenticator);
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    @DisplayName("Authorities are permissions, groups with a prefix, and roles for staff and superusers")
    void authorities() {
        User alice = users.createUser("alice", null, "secret", Map.of("is_staff", true));
        users.addToGroups(alice, Groups.of(databases).create("SUPERUSER"));
        users.addPermissions(
                alice, Permissions.of(databases).find("auth.view_user").get(0));

        assertThat(authoritiesOf("alice")).containsExactly("GROUP_SUPERUSER", "ROLE_STAFF", "auth.view_user");

        users.createSuperuser("root", null, "secret");
        assertThat(authoritiesOf("root")).contains("ROLE_STAFF", "ROLE_SUPERUSER", "auth.add_group", "auth.view_user");
    }

    @Test
    @DisplayName("An inactive user is disabled and may do nothing")
    void inactive() {
        User user = users.createSuperuser("gone", null, "secret");
        users.update(user, Map.of("is_active", false));

        assertThat(service.loadUserByUsername("gone").isEnabled()).isFalse();
        assertThat(authoritiesOf("gone")).isEmpty();
        assertThatExceptionOfType(DisabledException.class)
                .isThrownBy(() -> dao().authenticate(login("gone", "secret")));
        assertThatExceptionOfType(BadCredentialsException.class)
                .isThrownBy(() ->
                        new DjangoAuthenticationProvider(users, authenticator).authenticate(login("gone", "secret")));
    }

    @Test
    @DisplayName("Spring's own provider works with the encoder, and the hash is gone afterwards")
    void daoProvider() {
        users.createUser("alice", null, "secret");
        Authentication found = dao().authenticate(login("alice", "secret"));
        assertThat(found.getName()).isEqualTo("alice");

        DjangoUserDetails details = (DjangoUserDetails) found.getPrincipal();
        assertThat(details.getPassword()).startsWith("pbkdf2_sha256$1000$");
        details.eraseCredentials();
        assertThat(details.getPassword()).isNull();
        assertThat(details.toString()).contains("alice").doesNotContain("pbkdf2");
        assertThatExceptionOfType(BadCredentialsException.class)
                .isThrownBy(() -> dao().authenticate(login("alice", "wrong")));
    }

    @Test
    @DisplayName("A provider on the chain of backends replaces an outdated hash")
    void djangoProvider() {
        Users before = Users.of(databases, "default", PasswordHashers.of(DjangoHashers.pbkdf2Sha256(500)));
        User alice = before.createUser("alice", null, "secret");
        assertThat(encoder.upgradeEncoding(users.encodedPassword(alice))).isTrue();

        Authentication found =
                new DjangoAuthenticationProvider(users, authenticator).authenticate(login("alice", "secret"));

        assertThat(found.isAuthenticated()).isTrue();
        assertThat(found.getCredentials()).isNull();
        User now = users.findByUsername("alice").orElseThrow();
        assertThat(encoder.upgradeEncoding(users.encodedPassword(now))).isFalse();
        assertThat(encoder.matches("secret", users.encodedPassword(now))).isTrue();
    }

    @Test
    @DisplayName("Nothing matches an unusable password, a malformed hash or no hash")
    void nothingMatches() {
        users.createUser("robot", null, null);
        UserDetails robot = service.loadUserByUsername("robot");
        assertThat(robot.getPassword()).startsWith("!");
        for (String password : new String[] {"", "!", robot.getPassword(), null}) {
            assertThat(encoder.matches(password, robot.getPassword())).isFalse();
        }
        assertThat(encoder.matches("secret", "pbkdf2_sha256$x")).isFalse();
        assertThat(encoder.matches("secret", null)).isFalse();
        assertThat(encoder.encode(null)).isNull();
        assertThatExceptionOfType(UsernameNotFoundException.class)
                .isThrownBy(() -> service.loadUserByUsername("nobody"));
    }

    private AuthenticationProvider dao() {
        DaoAuthenticationProvider provider = new DaoAuthenticationProvider(service);
        provider.setPasswordEncoder(encoder);
        return provider;
    }

    private String[] authoritiesOf(String username) {
        return service.loadUserByUsername(username).getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .toArray(String[]::new);
    }

    private static Authentication login(String username, String password) {
        return UsernamePasswordAuthenticationToken.unauthenticated(username, password);
    }
}
