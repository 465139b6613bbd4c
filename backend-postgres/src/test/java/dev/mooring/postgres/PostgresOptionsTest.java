package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.ImproperlyConfiguredException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresOptionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sslmode              | verify-full     | sslmode          | verify-full
            sslmode              | VERIFY-CA       | sslmode          | verify-ca
            application_name     | shop            | ApplicationName  | shop
            ApplicationName      | shop            | ApplicationName  | shop
            target_session_attrs | read-write      | targetServerType | primary
            target_session_attrs | prefer-standby  | targetServerType | preferSecondary
            targetServerType     | preferSecondary | targetServerType | preferSecondary
            channel_binding      | require         | channelBinding   | require
            require_auth         | scram-sha-256   | requireAuth      | scram-sha-256
            require_auth         | !password,!md5  | requireAuth      | !password,!md5
            gssencmode           | disable         | gssEncMode       | disable
            keepalives           | 0               | tcpKeepAlive     | false
            tcp_keepalives       | on              | tcpKeepAlive     | true
            prepare_threshold    | None            | prepareThreshold | 0
            prepareThreshold     | 1               | prepareThreshold | 1
            search_path          | shop,public     | currentSchema    | shop,public
            sslrootcert          | /ca.pem         | sslrootcert      | /ca.pem
            """)
    void takesTheSpellingOfLibpqAndOfTheDriver(String option, String value, String property, String becomes) {
        Properties properties = PostgresProperties.of(
                TestServer.settings().option(option, value).build());

        assertThat(properties).containsEntry(property, becomes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sslmode                       | bogus        | was 'bogus'; use allow, disable, prefer, require, verify-ca, verify-full
            sslmode                       | ''           | was ''
            channel_binding               | maybe        | use disable, prefer, require
            require_auth                  | rot13        | was 'rot13'
            prepare_threshold             | -1           | use a whole number from 0
            prepare_threshold             | abc          | was 'abc'
            keepalives                    | perhaps      | was 'perhaps'
            target_session_attrs          | master-ish   | was 'master-ish'
            sslmod                        | require      | is not known; did you mean 'sslmode'?
            aplication_name               | x            | did you mean 'application_name'?
            maxConnection                 | 5            | did you mean the setting 'max_connections', which is no option?
            wibble                        | 5            | is not known; known are ApplicationName
            assumeMinServerVersion        | 17           | is not known
            sslfactory                    | evil.Canary  | is refused; it makes the driver load a class
            socketFactory                 | evil.Canary  | is refused; it makes the driver load a class
            authenticationPluginClassName | evil.Canary  | is refused; it makes the driver load a class
            loggerFile                    | /tmp/x       | is refused; it writes a file
            preferQueryMode               | simple       | is refused; parameters inside the SQL text were CVE-2024-1597
            allowEncodingChanges          | true         | is refused
            socketTimeout                 | -5           | is refused; use the setting of that purpose
            PASSWORD                      | hunter2      | is not known
            """)
    void refusesByNameWhatIsWrong(String option, String value, String says) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(TestServer.settings().option(option, value)))
                .withMessageStartingWith("Option '" + option + "' of database 'default' ")
                .withMessageContaining(says)
                .withMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\0"})
    void refusesANulWithoutShowingTheValue(String value) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(TestServer.settings().option("sslpassword", value)))
                .withMessage("Option 'sslpassword' of database 'default' holds a NUL character; remove it");
    }

    @Test
    void hidesControlCharactersOfAName() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(TestServer.settings().option("ssl\nmode", "x")))
                .withMessageStartingWith("Option 'ssl?mode' of");
    }
}
