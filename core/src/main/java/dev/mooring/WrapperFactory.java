package dev.mooring;

import dev.mooring.wrapper.DatabaseContext;
import dev.mooring.wrapper.UnitDepth;
import dev.mooring.wrapper.WrapperCore;
import java.util.List;

/**
 * Makes the wrappers of one database. Thread-safe.
 *
 * @param context what they share
 * @param listeners told of their new connections
 * @param everywhere the execute wrappers of the application, outermost first
 */
record WrapperFactory(DatabaseContext context, ListenerDispatcher listeners, List<ExecuteWrapper> everywhere) {

    /** {@return a wrapper for the calling thread, whose depth in units of work is {@code unit}} */
    DatabaseWrapper make(UnitDepth unit) {
        DatabaseWrapper made = new DatabaseWrapper(new WrapperCore(context, unit), everywhere);
        made.core().whenConnected(() -> listeners.created(made));
        return made;
    }

    /** {@return what a connection of the {@code DataSource} works on that has nothing to do with the thread's own wrapper} */
    WrapperCore makeSeparate() {
        return make(new UnitDepth()).core();
    }
}
