package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.error.OperationalException;
import dev.mooring.spi.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The server asks the user {@code careful} for a password, which comes from a supplier. */
class SuppliedPasswordTest {

    private final AtomicReference<String> current = new AtomicReference<>("right");
    private final AtomicInteger asked = new AtomicInteger();

    private Connector connector() {
        DatabaseSettingsBuilder settings = TestServer.settings().user("careful").password(() -> {
            asked.incrementAndGet();
            return current.get();
        });
        return TestServer.backend(settings).connector();
    }

    @Test
    void isAskedForAtEachOpeningAndNotBefore() throws SQLException {
        Connector connector = connector();
        assertThat(asked).hasValue(0);

        try (Connection first = connector.open();
                Connection second = connector.open()) {
            assertThat(first.isValid(0)).isTrue();
            assertThat(second.isValid(0)).isTrue();
        }

        assertThat(asked).hasValue(2);
    }

    @Test
    void mayChangeWhileConnectionsAreOpen() throws SQLException {
        Connector connector = connector();
        try (Connection open = connector.open()) {
            current.set("wrong");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(connector::open)
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThat(open.isValid(0)).isTrue();

            current.set("right");
            connector.open().close();
        }
    }

    @Test
    void isCheckedLikeAFixedOne() {
        current.set("ri\0ght");

        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(connector()::open)
                .withMessage("Setting 'password' of database 'default' holds a NUL character; remove it");
    }

    @Test
    void isNeededToOpenAConnection() {
        current.set(null);

        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(connector()::open)
                .withMessage("The supplier of the password of database 'default' returned null");
    }
}
