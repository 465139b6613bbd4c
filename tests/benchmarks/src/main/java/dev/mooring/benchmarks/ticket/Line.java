package dev.mooring.benchmarks.ticket;

import java.util.List;

/**
 * What one layer did.
 *
 * @param name what it is
 * @param points one for each wave of requests, in order
 */
record Line(String name, List<Point> points) {

    /**
     * A wave.
     *
     * @param requests how many requests were answered or refused when it ended
     * @param connections the most connections that the server saw during it
     * @param failed how many of all requests until then failed
     */
    record Point(int requests, int connections, int failed) {}

    /** {@return the most connections of all waves} */
    int most() {
        return points.stream().mapToInt(Point::connections).max().orElse(0);
    }

    Point last() {
        return points.get(points.size() - 1);
    }
}
