package dev.mooring.benchmarks.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/** When things began and ended, in nanoseconds, collected by one thread. */
final class Spans {

    private final List<Span> spans = new ArrayList<>();

    void add(long start, long end) {
        spans.add(new Span(start, end - start));
    }

    double meanMillis() {
        Times times = new Times();
        spans.forEach(span -> times.add(span.nanos));
        return times.meanMillis();
    }

    /** {@return all of them together, in the order in which they began} */
    static Spans inOrder(List<Spans> parts) {
        Spans all = new Spans();
        parts.forEach(part -> all.spans.addAll(part.spans));
        all.spans.sort(Comparator.comparingLong(Span::start));
        return all;
    }

    /**
     * {@return the waits, sorted, if {@code threads} took turns at {@code places} that change hands in no time, each for as long
     * as the next of these took, and queued up again at once}
     */
    Times waitsInTurn(int threads, int places) {
        Queue<Long> free = new PriorityQueue<>(Collections.nCopies(places, 0L));
        Queue<Long> asked = new PriorityQueue<>(Collections.nCopies(threads, 0L));
        Times waits = new Times();
        for (int turn = 0; turn < spans.size(); turn++) {
            long from = free.remove();
            long wait = from - asked.remove();
            if (turn >= threads) { // Before that the queue is only forming.
                waits.add(wait);
            }
            long until = from + spans.get(turn).nanos;
            free.add(until);
            asked.add(until);
        }
        return Times.sorted(List.of(waits));
    }

    private record Span(long start, long nanos) {}
}
