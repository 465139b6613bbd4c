package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api",
                "token",
                "key",
                "secret",
                "password",
                "signature",
                "PASSWORD",
                "New_Password2",
                "x-API-x",
                "monkey"
            })
    void hideAValueWhoseNameSaysThatItMayBeSecret(String name) {
        Credentials cleansed =
                Credentials.of(Map.of(name, "hunter2", "username", "alice")).cleansed();

        assertThat(cleansed.get(name)).isEqualTo("********************");
        assertThat(cleansed.get("username")).isEqualTo("alice");
        assertThat(cleansed.names()).containsExactlyInAnyOrder(name, "username");
    }

    @Test
    void leaveOutWhatIsNull() {
        assertThat(Credentials.of("alice", null).names()).containsExactly("username");
        assertThat(Credentials.of(null, "hunter2").names()).containsExactly("password");
    }

    @Test
    void showNoValueAsText() {
        assertThat(Credentials.of("alice", "hunter2")).hasToString("Credentials[password, username]");
    }
}
