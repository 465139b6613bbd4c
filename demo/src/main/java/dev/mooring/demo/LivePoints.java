package dev.mooring.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** Connections open against requests answered: a bounded number of points, evenly over a run. Thread-safe. */
final class LivePoints {

    private static final int MOST = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Integer> answered = new ArrayList<>(List.of(0));
    private final List<Integer> open = new ArrayList<>(List.of(0));
    private final int interval;
    private int count;

    LivePoints(int requests) {
        interval = Math.max(1, requests / MOST);
    }

    /** Counts a request that was answered. */
    void answered(IntSupplier openNow) {
        lock.lock();
        try {
            count++;
            if (count % interval == 0) {
                add(openNow.getAsInt());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds the last point, whatever the interval. */
    void finish(int openNow) {
        lock.lock();
        try {
            if (count % interval != 0) {
                add(openNow);
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(int openNow) {
        answered.add(count);
        open.add(openNow);
    }

    /** {@return two lists of the same length: requests answered, connections open} */
    List<List<Integer>> state() {
        lock.lock();
        try {
            return List.of(List.copyOf(answered), List.copyOf(open));
        } finally {
            lock.unlock();
        }
    }
}
