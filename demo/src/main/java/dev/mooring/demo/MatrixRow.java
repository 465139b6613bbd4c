package dev.mooring.demo;

import org.jspecify.annotations.Nullable;

/**
 * One run of the matrix.
 *
 * @param result what it showed; null if it cannot run here
 */
record MatrixRow(ThreadModel threads, Style style, @Nullable ScenarioResult result) {

    String name() {
        return threads + ", " + style;
    }
}
