package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

class SqliteOptionsTest {

    @Test
    void hasDefaultsThatSurviveAPowerCut() {
        assertThat(SqliteOptions.of(TestFile.memory().build()))
                .isEqualTo(new SqliteOptions(5_000, SynchronousMode.FULL, Optional.empty(), "IMMEDIATE", List.of()));
    }

    @Test
    void takesDjangosNames() {
        assertThat(SqliteOptions.of(TestFile.memory()
                        .option("timeout", "0.25")
                        .option("transaction_mode", "exclusive")
                        .option("synchronous", "Normal")
                        .option("journal_mode", "TRUNCATE")
                        .option("init_command", "PRAGMA a=1; PRAGMA b=2;")
                        .build()))
                .isEqualTo(new SqliteOptions(
                        250,
                        SynchronousMode.NORMAL,
                        Optional.of(JournalMode.TRUNCATE),
                        "EXCLUSIVE",
                        List.of("PRAGMA a=1", "PRAGMA b=2")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeout               | -5     | was '-5'; use seconds from 0 to 86400
            timeout               | abc    | was 'abc'; use seconds
            timeout               | 1e9    | was '1e9'; use seconds
            timeout               | NaN    | was 'NaN'; use seconds
            timeout               | ''     | was ''; use seconds
            transaction_mode      | sooner | was 'sooner'; use deferred, exclusive, immediate
            synchronous           | maybe  | was 'maybe'; use
            journal_mode          | paper  | was 'paper'; use
            journalmode           | wal    | is not known; did you mean 'journal_mode'? Known are init_command, journal_mode
            transaction_mod       | x      | did you mean 'transaction_mode'?
            enable_load_extension | true   | is not known
            open_mode             | 6      | is not known
            busy_timeout          | 1      | is not known; did you mean 'timeout'?
            max_conections        | 1      | is not known; did you mean the setting 'max_connections', which is no option?
            maxConnections        | 1      | is not known; did you mean the setting 'max_connections', which is no option?
            whatever              | 1      | is not known; known are init_command
            """)
    void refusesByNameWhatIsWrong(String option, String value, String says) {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> TestFile.backend(TestFile.memory().option(option, value)))
                .withMessageStartingWith("Option '" + option + "' of database 'default' ")
                .withMessageContaining(says);
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("A file in the place of a URL's host is refused with the URL to write")
    void refusesAHost() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> new SqliteBackendProvider().create(DatabaseSettings.fromUrl("sqlite://shop.db")))
                .withMessage(
                        "Setting 'host' of database 'default' was 'shop.db', but SQLite has no server; the URL of a file"
                                + " has three slashes, and a fourth if its path is absolute: sqlite:///shop.db, sqlite:////srv/shop.db");
    }
}
