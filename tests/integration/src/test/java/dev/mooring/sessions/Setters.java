package dev.mooring.sessions;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The setters of connections and their counterparts, found by reflection. */
final class Setters {

    private Setters() {}

    /** {@return the setters of JDBC's connections, and those that {@code driver} has besides} */
    static List<Method> of(Class<? extends Connection> driver) {
        Set<String> known = new LinkedHashSet<>();
        return Stream.concat(Arrays.stream(Connection.class.getMethods()), Arrays.stream(driver.getMethods()))
                .filter(method ->
                        method.getName().matches("(set|add)[A-Z].*") && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> known.add(method.getName() + Arrays.toString(method.getParameterTypes())))
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    /** {@return what to call {@code setter} with; nothing if it takes what this cannot make up} */
    static List<Object[]> arguments(Method setter) {
        List<Object[]> all = new ArrayList<>();
        all.add(new Object[0]);
        for (Class<?> type : setter.getParameterTypes()) {
            List<Object[]> longer = new ArrayList<>();
            for (Object value : samples(type)) {
                for (Object[] so : all) {
                    Object[] with = Arrays.copyOf(so, so.length + 1);
                    with[so.length] = value;
                    longer.add(with);
                }
            }
            all = longer;
        }
        return all;
    }

    /** {@return what the getters of {@code object} that take nothing say of simple values} */
    static Map<String, Object> read(Object object) {
        Map<String, Object> read = new LinkedHashMap<>();
        Arrays.stream(object.getClass().getMethods())
                .filter(
                        method -> method.getParameterCount() == 0
                                && method.getName().matches("(get|is|should|has)[A-Z].*")
                                && isSimple(method.getReturnType())
                                && !method.getName()
                                        .matches(
                                                "getBackendPID|getProcessId|getThreadId|isClosed|getLogWriter|hasNotifications"))
                .sorted(Comparator.comparing(Method::toString))
                .forEach(method -> {
                    try {
                        read.put("driver " + method.getName(), String.valueOf(method.invoke(object)));
                    } catch (ReflectiveOperationException | RuntimeException e) {
                        read.put("driver " + method.getName(), "fails");
                    }
                });
        return read;
    }

    private static boolean isSimple(Class<?> type) {
        return (type.isPrimitive() && type != void.class)
                || type.isEnum()
                || type == String.class
                || type == Map.class
                || type == Properties.class;
    }

    private static List<Object> samples(Class<?> type) {
        if (type == boolean.class) {
            return List.of(true, false);
        }
        if (type == int.class) {
            return List.of(1, 8);
        }
        if (type == String.class) {
            return List.of("pg_catalog", "ApplicationName");
        }
        if (type.isEnum()) {
            return List.of((Object[]) type.getEnumConstants());
        }
        if (type == Executor.class) {
            return List.of((Executor) Runnable::run);
        }
        if (type == Map.class) {
            return List.of(Map.of("sample", String.class));
        }
        return List.of();
    }
}
