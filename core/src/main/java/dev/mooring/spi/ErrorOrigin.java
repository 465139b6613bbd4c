package dev.mooring.spi;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the stack trace of an exception where it was made: in the part of a driver that speaks to the database, which it
 * may have left in the middle of a message, or outside, before that part was entered or after it had returned. Immutable.
 *
 * <p>Every doubt is answered with no: an exception without a trace, one whose trace was cut, one that was made elsewhere and
 * thrown later, an {@link Error}, and one that has any of these as a cause.
 */
public final class ErrorOrigin {

    private static final String LAYER = "dev.mooring.";

    /** The JVM keeps 1,024 frames unless told otherwise. */
    private static final int LONGEST_TRACE = 1_000;

    private static final int LONGEST_CHAIN = 20;

    private final List<String> packages;
    private final Set<String> protocol;

    /**
     * Makes one for a driver.
     *
     * @param packages how the names of the driver's classes begin, and those of the backend that calls it
     * @param protocol the names of the classes that read and write messages; none for a driver that has no messages
     */
    public ErrorOrigin(List<String> packages, Set<String> protocol) {
        this.packages = List.copyOf(packages);
        this.protocol = Set.copyOf(protocol);
    }

    /** {@return whether {@code error} was made by the driver, in the present call, and outside of what speaks to the database} */
    public boolean isOutsideProtocol(Throwable error) {
        @Nullable Throwable each = error;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            if (each == null) {
                return true;
            }
            if (each instanceof Error || isInProtocol(each) || (i == 0 && !isOfDriver(each))) {
                return false;
            }
            if (each instanceof SQLException sql
                    && sql.getNextException() != null
                    && !isOutsideProtocol(sql.getNextException())) {
                return false;
            }
            each = each.getCause();
        }
        return false;
    }

    private boolean isInProtocol(Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        if (trace.length == 0 || trace.length >= LONGEST_TRACE) {
            return true;
        }
        for (StackTraceElement frame : trace) {
            if (protocol.contains(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the driver is on the stack above the layer} Objects of the user's, which it calls, may stand above it. */
    private boolean isOfDriver(Throwable error) {
        boolean driver = false;
        for (StackTraceElement frame : error.getStackTrace()) {
            String name = frame.getClassName();
            if (packages.stream().anyMatch(name::startsWith)) {
                driver = true;
            } else if (name.startsWith(LAYER)) {
                return driver;
            }
        }
        return false;
    }
}
