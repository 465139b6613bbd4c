package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which pgjdbc is on the class path: from 42.7.7 on all work, but older ones than 42.7.12 have known security faults. */
final class DriverVersion {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends");
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");
    private static final int SAFE = 42_07_12;
    private static final AtomicBoolean LOOKED = new AtomicBoolean();

    private DriverVersion() {}

    /** Says once in the life of the program that the driver should be updated. */
    static void warnIfUnsafe(Connection connection) throws SQLException {
        if (LOOKED.get() || LOOKED.getAndSet(true)) {
            return;
        }
        String version = connection.getMetaData().getDriverVersion();
        if (isUnsafe(version)) {
            LOG.warn(
                    "pgjdbc {} has known security faults, which 42.7.12 mends: update org.postgresql:postgresql, with Spring"
                            + " Boot by the property postgresql.version",
                    version);
        }
    }

    static boolean isUnsafe(String version) {
        Matcher numbers = NUMBERS.matcher(version);
        return numbers.matches()
                && 10_000 * Integer.parseInt(numbers.group(1))
                                + 100 * Integer.parseInt(numbers.group(2))
                                + Integer.parseInt(numbers.group(3))
                        < SAFE;
    }
}
