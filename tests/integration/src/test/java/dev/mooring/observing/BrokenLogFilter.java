package dev.mooring.observing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Throws whenever a logger is asked for anything on this thread, until this is closed. */
final class BrokenLogFilter extends TurboFilter implements AutoCloseable {

    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final String broken;
    private final Thread thread = Thread.currentThread();
    private int asked;

    BrokenLogFilter(String broken) {
        this.broken = broken;
        loggers.addTurboFilter(this);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object @Nullable [] parameters,
            @Nullable Throwable throwable) {
        if (logger.getName().equals(broken) && Thread.currentThread() == thread) {
            asked++;
            throw new IllegalStateException("The filter of '" + broken + "' is broken");
        }
        return FilterReply.NEUTRAL;
    }

    /** {@return how often it threw} */
    int asked() {
        return asked;
    }

    @Override
    public void close() {
        loggers.getTurboFilterList().remove(this);
    }
}
