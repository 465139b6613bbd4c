package dev.mooring.demo.site;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the live page shows, and lets its visitor do. Thread-safe. */
public interface Experiment {

    /**
     * Begins a run and returns at once. The connections of the run before are closed first.
     *
     * @param form the value of each field of the form; empty for one that is missing
     * @return why the run was not begun; empty if it was
     */
    Optional<String> start(UnaryOperator<String> form);

    /** Sends no more requests. Those under way are waited for; the connections stay open. */
    void stop();

    /** Stops the run and closes its connections, leaked ones too. */
    void closeConnections();

    /** {@return everything that the page shows: maps, lists, numbers, texts and null} */
    Map<String, @Nullable Object> state();

    /** {@return whether a run may use virtual threads} */
    boolean hasVirtualThreads();
}
