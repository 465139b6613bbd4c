package dev.mooring.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;

/** A part of a backend that does what another one does, but for some methods. */
final class Forwarding {

    private Forwarding() {}

    /**
     * {@return a {@code type} with the methods that {@code changes} declares, by name and parameters, and all others of {@code real}}
     */
    static <T> T of(Class<T> type, T real, Object changes) {
        long known = Arrays.stream(changes.getClass().getDeclaredMethods())
                .filter(method -> Arrays.stream(type.getMethods())
                        .anyMatch(each -> each.getName().equals(method.getName())
                                && Arrays.equals(each.getParameterTypes(), method.getParameterTypes())))
                .count();
        if (known == 0) {
            throw new IllegalArgumentException("Nothing of " + type.getName() + " is changed");
        }
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Optional<Method> changed = changed(changes, method);
                    try {
                        return changed.isPresent()
                                ? changed.get().invoke(changes, arguments)
                                : method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static Optional<Method> changed(Object changes, Method method) {
        return Arrays.stream(changes.getClass().getDeclaredMethods())
                .filter(each -> each.getName().equals(method.getName())
                        && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()))
                .peek(each -> each.setAccessible(true))
                .findFirst();
    }
}
