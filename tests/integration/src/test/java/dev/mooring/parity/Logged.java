package dev.mooring.parity;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.observing.SeenLog;
import java.util.List;

/** What went to a log while something ran. */
final class Logged {

    private Logged() {}

    static List<ILoggingEvent> by(String name, Level level, Runnable work) {
        try (SeenLog log = new SeenLog(name, level)) {
            work.run();
            return log.events();
        }
    }
}
