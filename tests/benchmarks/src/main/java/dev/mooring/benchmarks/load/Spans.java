package dev.mooring.benchmarks.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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

    /** {@return how long {@code length} of them take one after the other, every {@code abreast}-th, from each that is there} */
    Times chains(int length, int abreast) {
        Times chains = new Times();
        for (int first = 0; first + (length - 1) * abreast < spans.size(); first++) {
            long nanos = 0;
            for (int link = 0; link < length; link++) {
                nanos += spans.get(first + link * abreast).nanos;
            }
            chains.add(nanos);
        }
        return Times.sorted(List.of(chains));
    }

    private record Span(long start, long nanos) {}
}
