package dev.mooring.kit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of one of the driver's objects, and in front of whatever that hands out.
 *
 * <p>A close that goes wrong closes the real thing all the same: so what is open at the end was left open by the caller.
 */
final class JdbcProxy implements InvocationHandler {

    private static final Set<Class<?>> KINDS = Set.of(
            Connection.class,
            Statement.class,
            PreparedStatement.class,
            CallableStatement.class,
            ResultSet.class,
            ResultSetMetaData.class,
            ParameterMetaData.class,
            DatabaseMetaData.class);

    private final Class<?> kind;
    private final Object real;
    private final FaultyConnection connection;
    private final @Nullable Object maker;
    private final @Nullable String sql;

    private JdbcProxy(
            Class<?> kind, Object real, FaultyConnection connection, @Nullable Object maker, @Nullable String sql) {
        this.kind = kind;
        this.real = real;
        this.connection = connection;
        this.maker = maker;
        this.sql = sql;
    }

    /** {@return a stand-in for {@code real}, which {@code maker} handed out for {@code sql}} */
    static <T> T of(
            Class<T> kind, Object real, FaultyConnection connection, @Nullable Object maker, @Nullable String sql) {
        JdbcProxy handler = new JdbcProxy(kind, real, connection, maker, sql);
        if (Statement.class.isAssignableFrom(kind)) {
            connection.opened(handler);
        } else if (kind == ResultSet.class) {
            connection.openedRows(handler);
        }
        return kind.cast(Proxy.newProxyInstance(JdbcProxy.class.getClassLoader(), new Class<?>[] {kind}, handler));
    }

    /** {@return whether this is the statement that {@code rows} came from} */
    boolean made(JdbcProxy rows) {
        return rows.maker != null && Proxy.getInvocationHandler(rows.maker) == this;
    }

    /** {@return what stands behind a connection made here} */
    static FaultyConnection connectionOf(Connection proxy) {
        return ((JdbcProxy) Proxy.getInvocationHandler(proxy)).connection;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        boolean ending = method.getName().equals("close") || method.getName().equals("abort");
        String text = sqlOf(arguments);
        try {
            Object answer = connection
                    .faults()
                    .perform(connection, kind.getSimpleName() + "." + method.getName(), text, ending, () -> {
                        return call(proxy, method, arguments);
                    });
            return wrap(proxy, method, answer, text);
        } finally {
            if (ending) {
                ended();
            }
        }
    }

    private @Nullable Object call(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("unwrap")
                && arguments != null
                && arguments[0] instanceof Class<?> wanted
                && wanted.isInstance(proxy)) {
            return proxy;
        }
        return Invocation.call(real, method, arguments);
    }

    private @Nullable Object wrap(Object proxy, Method method, @Nullable Object answer, @Nullable String text) {
        Class<?> made = method.getReturnType();
        if (answer == null || !KINDS.contains(made)) {
            return answer;
        }
        if (made == Connection.class) {
            return connection.proxy();
        }
        if (made == Statement.class && maker instanceof Statement) {
            return maker;
        }
        return of(made, answer, connection, proxy, text);
    }

    private void ended() {
        if (kind == Connection.class) {
            connection.end();
        } else {
            connection.closed(this);
        }
    }

    private @Nullable String sqlOf(@Nullable Object @Nullable [] arguments) {
        boolean takesSql = kind == Connection.class || kind == Statement.class;
        return takesSql && arguments != null && arguments.length > 0 && arguments[0] instanceof String text
                ? text
                : sql;
    }

    private @Nullable Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            // Equal to the real one: a backend that remembers a connection by it finds it again.
            case "equals" -> arguments != null && (proxy == arguments[0] || real == arguments[0]);
            case "hashCode" -> real.hashCode();
            default -> "faulty " + kind.getSimpleName() + " " + connection.number() + " of " + real;
        };
    }
}
