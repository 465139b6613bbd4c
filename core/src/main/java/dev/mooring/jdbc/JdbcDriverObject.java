package dev.mooring.jdbc;

import com.google.common.base.Throwables;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code unwrap} gives for an interface of the driver. Calls that leave the session alone, such as registering a type, cost
 * nothing; the first other one has the connection closed after use, as if the driver's object itself had been asked for. Those
 * of JDBC go to the object that was unwrapped. It ends with the connection.
 */
final class JdbcDriverObject implements InvocationHandler {

    private final JdbcObject outer;
    private final JdbcOwner connection;
    private final Object driver;

    private JdbcDriverObject(JdbcObject outer, JdbcOwner connection, Object driver) {
        this.outer = outer;
        this.connection = connection;
        this.driver = driver;
    }

    /** {@return one that has all interfaces of {@code driver}, to be cast as the driver's own} */
    static Object of(JdbcObject outer, JdbcOwner connection, Object driver) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = driver.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> each : type.getInterfaces()) {
                if (Modifier.isPublic(each.getModifiers())) {
                    interfaces.add(each);
                }
            }
        }
        return Proxy.newProxyInstance(
                driver.getClass().getClassLoader(),
                interfaces.toArray(Class<?>[]::new),
                new JdbcDriverObject(outer, connection, driver));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("equals") && method.getParameterCount() == 1) {
            return arguments != null && proxy == arguments[0];
        }
        try {
            if (method.getDeclaringClass().isInstance(outer) && method.getDeclaringClass() != Object.class) {
                return method.invoke(outer, arguments);
            }
            if (method.getDeclaringClass() != Object.class) {
                connection.session().checkUsable();
                if (!connection.leavesSessionAlone(method)) {
                    Object unused = outer.unwrapDelegate();
                }
            }
            Object result = method.invoke(driver, arguments);
            return connection.guarded(method.getReturnType(), result, null);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            Throwables.throwIfUnchecked(cause);
            throw cause;
        } catch (SQLException e) {
            boolean declared = Arrays.asList(method.getExceptionTypes()).contains(SQLException.class);
            throw declared ? e : new IllegalStateException(e.getMessage(), e);
        }
    }
}
