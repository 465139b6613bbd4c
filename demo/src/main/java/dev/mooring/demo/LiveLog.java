package dev.mooring.demo;

import dev.mooring.DatabaseListener;
import dev.mooring.DatabaseWrapper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of a run: requests, and between them the connections that were opened and closed. What happens again and
 * again is one line with a count. Thread-safe.
 */
final class LiveLog implements DatabaseListener {

    private static final int MOST_LINES = 200;

    private enum Kind {
        OPEN,
        CLOSE,
        RECLAIM,
        ANSWERED,
        FAILED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Line> lines = new ArrayDeque<>();
    private long written;

    @Override
    public void connectionCreated(DatabaseWrapper wrapper) {
        add(Kind.OPEN, "open connection, for " + Thread.currentThread().getName(), "");
    }

    @Override
    public void connectionClosed(String alias, String reason) {
        add(Kind.CLOSE, "close connection (" + reason + ")", "times: close connection (" + reason + ")");
    }

    @Override
    public void leaseReclaimed(String alias, String thread) {
        add(Kind.RECLAIM, "take back the connection of " + thread + ", which has ended", "");
    }

    void answered(int number, @Nullable String failure, Duration took) {
        if (failure == null) {
            String one = String.format(Locale.ROOT, "request %,d answered in %d ms", number, took.toMillis());
            add(Kind.ANSWERED, one, "requests answered");
        } else {
            String reason = Refusal.in(failure).orElseGet(() -> LiveVerdict.shortened(failure));
            add(Kind.FAILED, "request " + number + " failed: " + reason, "requests failed: " + reason);
        }
    }

    /** @param repeated what to say after a number if the line before says the same; empty if each is to be seen */
    private void add(Kind kind, String text, String repeated) {
        lock.lock();
        try {
            Line last = lines.peekLast();
            if (last != null && !repeated.isEmpty() && last.repeated.equals(repeated)) {
                last.times++;
                return;
            }
            lines.addLast(new Line(++written, kind, text, repeated));
            if (lines.size() > MOST_LINES) {
                lines.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the lines, the oldest first} */
    List<Map<String, Object>> state() {
        lock.lock();
        try {
            List<Map<String, Object>> state = new ArrayList<>();
            for (Line line : lines) {
                state.add(Map.of(
                        "number", line.number, "kind", line.kind.name().toLowerCase(Locale.ROOT), "text", line.show()));
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    private static final class Line {
        private final long number;
        private final Kind kind;
        private final String text;
        private final String repeated;
        private int times = 1;

        Line(long number, Kind kind, String text, String repeated) {
            this.number = number;
            this.kind = kind;
            this.text = text;
            this.repeated = repeated;
        }

        String show() {
            return times == 1 ? text : String.format(Locale.ROOT, "%,d %s", times, repeated);
        }
    }
}
