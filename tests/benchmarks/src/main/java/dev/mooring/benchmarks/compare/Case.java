package dev.mooring.benchmarks.compare;

import java.util.List;

/**
 * Something to compare.
 *
 * @param name what it is called on the command line
 * @param what what it is, in a few words
 * @param needs what it needs
 * @param measurement how it is measured
 * @param rivals who takes part, in the order of their turns
 * @param goals what is to come of it
 */
record Case(String name, String what, Need needs, Measurement measurement, List<String> rivals, List<Goal> goals) {

    /** What a case cannot do without. */
    enum Need {
        NOTHING,
        VIRTUAL_THREADS,
        POSTGRES
    }
}
