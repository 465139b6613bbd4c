package dev.mooring.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Follows a run, and may end it. */
interface RunObserver {

    /** So many requests were sent so far. Called by the thread that sends them. */
    default void sent(int sent, Tally tally) {}

    /**
     * A request was answered. Called by the thread that it ran on.
     *
     * @param failure what it failed with, in full; null if it did not
     */
    default void answered(int number, @Nullable String failure, Duration took) {}

    /** {@return why no more requests are to be sent; null if they are} */
    default @Nullable String reasonToStop() {
        return null;
    }
}
