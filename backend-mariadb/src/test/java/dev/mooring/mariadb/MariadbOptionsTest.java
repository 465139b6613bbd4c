package dev.mooring.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ImproperlyConfiguredException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Options of MariaDB")
class MariadbOptionsTest {

    @ParameterizedTest
    @DisplayName("The words of mysqlclient and of the driver are taken")
    @CsvSource(delimiter = '|', textBlock = """
            ssl_mode           | REQUIRED        | sslMode            | trust
            ssl_mode           | VERIFY_IDENTITY | sslMode            | verify-full
            sslMode            | verify-ca       | sslMode            | verify-ca
            useServerPrepStmts | on              | useServerPrepStmts | true
            tcpKeepAlive       | 0               | tcpKeepAlive       | false
            defaultFetchSize   | 100             | defaultFetchSize   | 100
            permitRedirect     | true            | permitRedirect     | true
            serverSslCert      | /ca.pem         | serverSslCert      | /ca.pem
            """)
    void takesBothSpellings(String option, String value, String property, String becomes) {
        DatabaseSettings settings = settings().option(option, value).build();

        assertThat(MariadbProperties.of(settings, MariadbOptions.of(settings))).containsEntry(property, becomes);
    }

    @ParameterizedTest
    @DisplayName("What is wrong is refused by name, with the way out")
    @CsvSource(delimiter = '|', textBlock = """
            ssl_mode         | maybe                | was 'maybe'; use disable
            isolation_level  | snapshot             | was 'snapshot'; use read committed
            sql_mode         | STRICT; DROP         | use names of modes
            sql_mode         | NO_BACKSLASH_ESCAPES | but for those under which backslashes
            defaultFetchSize | -1                   | use a whole number from 0
            isolation_levle  | x                    | did you mean 'isolation_level'?
            socketFactory    | evil.Canary          | is refused; it makes the driver load a class
            allowLocalInfile | true                 | is refused; the server could ask for any file
            allowMultiQueries | true                | is refused
            socketTimeout    | 5                    | is refused; use the setting of that purpose
            unix_socket      | /run/x               | is refused; the driver needs JNA
            charset          | latin1               | is refused; it is always utf8mb4
            PASSWORD         | hunter2              | is not known
            """)
    void refusesByNameWhatIsWrong(String option, String value, String says) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(settings().option(option, value)))
                .withMessageStartingWith("Option '" + option + "' of database 'default' ")
                .withMessageContaining(says)
                .withMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @DisplayName("Hosts and ports make a URL that holds nothing else")
    @CsvSource(delimiter = '|', textBlock = """
            db.example        | jdbc:mariadb://address=(host=db.example)(port=7)(type=primary)/
            a:3307,b          | jdbc:mariadb://address=(host=a)(port=3307)(type=primary),address=(host=b)(port=7)(type=primary)/
            [::1]:3307        | jdbc:mariadb://address=(host=::1)(port=3307)(type=primary)/
            """)
    void makesAUrlOfHosts(String host, String url) {
        assertThat(MariadbProperties.url(settings().host(host).port(7).build())).isEqualTo(url);
    }

    @ParameterizedTest
    @DisplayName("A host that is more than a host is refused")
    @CsvSource({"/run/mysqld/mysqld.sock", "a/x?socketFactory=evil", "'a)(port=1'", "'a b'", "a&b"})
    void refusesAHostThatIsMoreThanOne(String host) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(settings().host(host)))
                .withMessageStartingWith(
                        "Setting 'host' of database 'default' holds what no name or address of a host does");
    }

    @Test
    @DisplayName("A database has a name")
    void refusesAMissingName() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestServer.backend(settings().name("")))
                .withMessage("Setting 'name' of database 'default' is empty; name the database");
    }

    private static DatabaseSettingsBuilder settings() {
        return DatabaseSettings.builder("default").engine("mariadb").name("shop");
    }
}
