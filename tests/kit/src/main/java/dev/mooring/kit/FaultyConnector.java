package dev.mooring.kit;

import static java.util.Objects.requireNonNull;

import dev.mooring.spi.Connector;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Opens real connections and hands out stand-ins. A proxy, so that whatever else the layer asks reaches the real connector: a
 * default of the interface would turn off what the real one does, unseen.
 */
final class FaultyConnector implements InvocationHandler {

    private final Connector real;
    private final Faults faults;

    private FaultyConnector(Connector real, Faults faults) {
        this.real = real;
        this.faults = faults;
    }

    /** {@return {@code real}, with {@code faults} to befall what it opens, probes and verifies} */
    static Connector around(Connector real, Faults faults) {
        return (Connector) Proxy.newProxyInstance(
                FaultyConnector.class.getClassLoader(),
                new Class<?>[] {Connector.class},
                new FaultyConnector(real, faults));
    }

    /** An interrupt is not struck: it comes from the housekeeper, beside the calls that are counted. */
    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Invocation.Real call = () -> Invocation.call(real, method, arguments);
        return switch (method.getName()) {
            case "open" -> open(call);
            case "isUsable" -> isUsable(connection(arguments), call);
            case "verify" -> answer(connection(arguments), "Connector.verify", call);
            default -> call.call();
        };
    }

    private static FaultyConnection connection(@Nullable Object @Nullable [] arguments) {
        return JdbcProxy.connectionOf((Connection) requireNonNull(requireNonNull(arguments)[0]));
    }

    private Connection open(Invocation.Real call) throws SQLException {
        FaultyConnection opening = new FaultyConnection(faults);
        boolean opened = false;
        try {
            Connection connection = (Connection) requireNonNull(
                    answer(opening, "Connector.open", () -> opening.open((Connection) requireNonNull(call.call()))));
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                opening.lose();
                opening.end();
            }
        }
    }

    /** A driver's exception is an answer here: no backend lets one out of its health check. */
    private boolean isUsable(FaultyConnection connection, Invocation.Real call) {
        try {
            return (boolean) requireNonNull(answer(connection, "Connector.isUsable", call));
        } catch (SQLException e) {
            return false;
        }
    }

    private @Nullable Object answer(FaultyConnection on, String method, Invocation.Real call) throws SQLException {
        try {
            return faults.perform(on, method, null, false, call);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new SQLException("Injected: " + e, e);
        }
    }
}
