package dev.mooring.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.check.Finding.Level;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The service's own settings")
class ServiceCheckTest {

    @Test
    @DisplayName("are listed, and the defaults are all right")
    void defaults() {
        assertThat(check("").toString())
                .isEqualTo("[OK    settings            lease_scope operation, max_connections 10, conn_max_age 600 s,"
                        + " statement_timeout 60 s.]");
        assertThat(check("?conn_max_age=unlimited&max_connections=unlimited&statement_timeout=250ms")
                        .toString())
                .contains("max_connections unlimited, conn_max_age unlimited, statement_timeout 250 ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reclaim=false",
                "lease_scope=thread",
                "statement_timeout=0",
                "log_parameters=true",
                "values_in_errors=true"
            })
    @DisplayName("that take a protection away are named")
    void named(String setting) {
        List<Finding> findings = check("?" + setting);

        assertThat(findings).hasSize(2);
        assertThat(findings.get(1).level()).isEqualTo(Level.WARN);
        assertThat(findings.get(1).seen()).startsWith(setting.split("=", 2)[0] + " is ");
    }

    private static List<Finding> check(String settings) {
        return new ServiceCheck(DatabaseSettings.fromUrl("sqlite:///shop.db" + settings)).run();
    }
}
