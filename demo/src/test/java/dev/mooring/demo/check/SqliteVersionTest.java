package dev.mooring.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteVersionTest {

    @ParameterizedTest
    @CsvSource({
        "3.6.23, false",
        "3.7.0, true",
        "3.40.1, true",
        "3.44.5, true",
        "3.44.6, false",
        "3.45.0, true",
        "3.50.6, true",
        "3.50.7, false",
        "3.51.2, true",
        "3.51.3, false",
        "3.54, false",
        "4.0.0, false"
    })
    @DisplayName("The WAL-reset bug is in the versions that SQLite's authors name")
    void knowsTheBug(String version, boolean hasBug) {
        assertThat(SqliteVersion.of(version).hasWalResetBug()).isEqualTo(hasBug);
    }
}
