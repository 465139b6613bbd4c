package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.TransactionManagementException;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PostgresForgottenWorkTest extends ForgottenWorkContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }

    @Test
    @DisplayName("After a failed statement in a forgotten stream's transaction the error names the stream")
    void namesTheStreamAfterAFailedStatement() {
        Stream<Row> forgotten = databases().stream("SELECT n FROM generate_series(1, 3) AS n");
        assertThat(forgotten.iterator().next().getInt("n")).isEqualTo(1);
        assertThat(Assertions.catchThrowable(() -> databases().query("SELECT nothing")))
                .isNotNull();

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases().query("SELECT 1"))
                .withMessageContaining("a stream not yet closed, of: SELECT n FROM generate_series(1, 3) AS n");
        Throwable unused = Assertions.catchThrowable(forgotten::close);
    }
}
