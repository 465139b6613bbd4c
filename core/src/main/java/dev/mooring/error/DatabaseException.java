package dev.mooring.error;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Anything a database, its driver or this layer refused: the root of the family that Django takes from PEP 249.
 *
 * <p>PEP 249 keeps {@code InterfaceError} beside {@code DatabaseError}, under {@code Error}. Here one root holds all, so
 * that one {@code catch} is enough. The driver's exception, where there was one, is the {@linkplain #getCause() cause}.
 */
public class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * {@return the SQLSTATE the driver reported; empty if none did, as with SQLite}
     *
     * <p>Django has it on the driver's error alone ({@code pgcode}).
     */
    public Optional<String> sqlState() {
        return getCause() instanceof SQLException driver ? Optional.ofNullable(driver.getSQLState()) : Optional.empty();
    }
}
