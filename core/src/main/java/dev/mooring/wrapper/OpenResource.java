package dev.mooring.wrapper;

import org.jspecify.annotations.Nullable;

/** Something that a thread opened on its wrapper and has to close, such as a cursor. Confined to the wrapper's thread. */
interface OpenResource {

    /** {@return what it is, for messages} */
    String describe();

    /** {@return what the warning calls it if it is still open when a unit of work begins; null if it may stay open then} */
    @Nullable
    String forgotten();

    /** Closes it. Does nothing the second time. */
    void close();
}
