package dev.mooring.demo;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** Virtual threads by reflection: this program is compiled for JDK 17, which has none. */
final class VirtualThreads {

    private VirtualThreads() {}

    /** {@return a factory of virtual threads named {@code prefix} and a number; empty before JDK 21} */
    static Optional<ThreadFactory> factory(String prefix) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
            return Optional.of((ThreadFactory) type.getMethod("factory").invoke(named));
        } catch (ReflectiveOperationException e) {
            boolean missing = !(e instanceof InvocationTargetException)
                    || e.getCause() instanceof UnsupportedOperationException; // a preview in JDK 19 and 20
            if (missing) {
                return Optional.empty();
            }
            throw new IllegalStateException("Virtual threads cannot be made", e);
        }
    }
}
