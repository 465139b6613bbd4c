package dev.mooring.demo;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.OptionalLong;

/** This process's file descriptors: files and sockets alike. Nothing is known where there are none. */
final class Descriptors {

    /** Left alone, so that the process can still report, log and clean up. */
    private static final long RESERVE = 128;

    private Descriptors() {}

    /** {@return how many are open now} */
    static OptionalLong open() {
        return system() instanceof UnixOperatingSystemMXBean unix
                ? OptionalLong.of(unix.getOpenFileDescriptorCount())
                : OptionalLong.empty();
    }

    /** {@return whether so few are left that {@code more} could be too many} */
    static boolean nearlyExhausted(int more) {
        return system() instanceof UnixOperatingSystemMXBean unix
                && unix.getOpenFileDescriptorCount() + RESERVE + more > unix.getMaxFileDescriptorCount();
    }

    private static OperatingSystemMXBean system() {
        return ManagementFactory.getOperatingSystemMXBean();
    }

    /** How many were open before a run, after its last request, and after everything was closed. */
    record Span(OptionalLong before, OptionalLong atEnd, OptionalLong afterwards) {}
}
