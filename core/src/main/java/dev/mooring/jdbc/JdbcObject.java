package dev.mooring.jdbc;

import dev.mooring.error.DatabaseException;
import dev.mooring.statement.DriverCalls;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an object of the driver. A call for which the subclass has a public method of the same name and parameters
 * goes there, every other to {@link #invokeDriver}; what comes out of either is an error as JDBC has them.
 */
abstract class JdbcObject implements InvocationHandler {

    private static final ClassValue<Map<Method, Optional<Method>>> OWN = new ClassValue<>() {
        @Override
        protected Map<Method, Optional<Method>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    /** What helps against a call that hangs: it waits for none. A connection's {@code close} sees to itself. */
    private static final Set<String> ANY_TIME = Set.of("abort", "cancel", "isClosed");

    private final Object self;

    /** {@code type} is the interface of the JDK that is stood in for. */
    JdbcObject(Class<?> type) {
        self = Proxy.newProxyInstance(JdbcObject.class.getClassLoader(), new Class<?>[] {type}, this);
    }

    /** {@return what the caller is given in place of the driver's object} */
    final Object self() {
        return self;
    }

    /** {@return what the driver's object answers to a call that is not ours} */
    abstract @Nullable Object invokeDriver(Method method, @Nullable Object[] arguments) throws SQLException;

    /** {@return what each call goes through} */
    abstract Calls calls();

    /** {@return the driver's object} */
    abstract Object driver() throws SQLException;

    /** {@return the driver's object, for somebody who may do anything with it} */
    abstract Object unwrapDelegate() throws SQLException;

    @Override
    public final @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        try {
            if (closedBy(method)) {
                return null;
            }
            if (ANY_TIME.contains(method.getName())) {
                return answer(method, arguments);
            }
            Calls used = calls();
            used.enter();
            try {
                return answer(method, arguments);
            } finally {
                used.leave();
            }
        } catch (DatabaseException e) {
            throw JdbcErrors.ofWork(e);
        } catch (SQLException e) {
            throw method.getExceptionTypes().length > 0 && method.getExceptionTypes()[0] == SQLClientInfoException.class
                    ? JdbcErrors.ofClientInfo(e)
                    : e;
        }
    }

    /** {@return whether {@code method} closes this, and has done so} Not by reflection, which takes memory that may be missing. */
    boolean closedBy(Method method) {
        return false;
    }

    /** {@return whether drivers take their own object for this as an argument} */
    boolean isArgument() {
        return false;
    }

    private @Nullable Object answer(Method method, @Nullable Object @Nullable [] arguments) throws SQLException {
        Optional<Method> override = override(method);
        return override.isPresent()
                ? DriverCalls.call(this, override.get(), arguments)
                : invokeDriver(method, arguments == null ? new Object[0] : arguments);
    }

    /** {@return the arguments, with the driver's own objects for ours} */
    static @Nullable Object[] plain(@Nullable Object[] arguments) throws SQLException {
        @Nullable Object[] plain = arguments;
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument != null
                    && Proxy.isProxyClass(argument.getClass())
                    && Proxy.getInvocationHandler(argument) instanceof JdbcObject ours
                    && ours.isArgument()) {
                plain = plain == arguments ? arguments.clone() : plain;
                plain[i] = ours.driver();
            }
        }
        return plain;
    }

    /** {@return the object as {@code type}: ours if that is JDBC's, else the driver's own} */
    public final Object unwrap(Class<?> type) throws SQLException {
        if (type.isInstance(self)) {
            return self;
        }
        if (!isWrapperFor(type)) {
            throw new SQLException(
                    "Neither this nor what the driver has behind it is a " + type.getName(),
                    JdbcErrors.INVALID_ARGUMENT);
        }
        return unwrapped(type);
    }

    /** {@return the driver's object of that type, for somebody who may do anything with it} */
    Object unwrapped(Class<?> type) throws SQLException {
        return ((Wrapper) unwrapDelegate()).unwrap(type);
    }

    /** {@return whether {@link #unwrap} would find one} */
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(self) || (driver() instanceof Wrapper wrapper && wrapper.isWrapperFor(type));
    }

    private Optional<Method> override(Method method) {
        Map<Method, Optional<Method>> known = OWN.get(getClass());
        Optional<Method> override = known.get(method);
        return override == null ? known.computeIfAbsent(method, this::find) : override;
    }

    private Optional<Method> find(Method method) {
        try {
            Method override = getClass().getMethod(method.getName(), method.getParameterTypes());
            override.setAccessible(true);
            return Optional.of(override);
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> toString();
        };
    }

    /** The calls on a connection and on what came out of it, on any thread: one at a time, as with a driver. */
    interface Calls {

        /** Begins a call. A thread that did not take the connection takes it over. Followed by {@link #leave()}. */
        void enter() throws SQLException;

        void leave();
    }
}
