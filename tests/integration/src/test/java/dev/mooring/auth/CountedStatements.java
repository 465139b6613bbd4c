package dev.mooring.auth;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Connector;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real backend that records each statement on a table of users as the driver gets it, and counts the rows it answers. */
final class CountedStatements implements BackendProvider {

    final List<String> seen = new CopyOnWriteArrayList<>();
    final AtomicInteger rows = new AtomicInteger();
    private final BackendProvider provider;

    CountedStatements(String engine) {
        provider = ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.engine().equals(engine))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String engine() {
        return provider.engine();
    }

    @Override
    public Backend create(DatabaseSettings settings) {
        Backend backend = provider.create(settings);
        return backend.toBuilder().connector(counting(backend.connector())).build();
    }

    private Connector counting(Connector connector) {
        return proxy(Connector.class, (self, method, arguments) -> {
            Object result = call(connector, method, arguments);
            return method.getName().equals("open") ? counting((Connection) result) : result;
        });
    }

    private Connection counting(Connection real) {
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("equals")) {
                // The backend finds what it knows of the connection.
                return self == arguments[0] || real == arguments[0];
            }
            Object result = call(real, method, arguments);
            return switch (method.getName()) {
                case "prepareStatement" ->
                    counting(PreparedStatement.class, (PreparedStatement) result, (String) arguments[0]);
                case "createStatement" -> counting(Statement.class, (Statement) result, "");
                default -> result;
            };
        });
    }

    /** Counts executions: a prepared statement may be kept. */
    private <S extends Statement> S counting(Class<S> type, S real, String prepared) {
        return proxy(type, (self, method, arguments) -> {
            String sql = arguments != null && arguments[0] instanceof String given ? given : prepared;
            if (method.getName().startsWith("execute") && isOfUsers(sql)) {
                seen.add(sql.substring(0, 6));
            }
            Object result = call(real, method, arguments);
            return result instanceof ResultSet answered && isOfUsers(sql) ? counting(answered) : result;
        });
    }

    private static boolean isOfUsers(String sql) {
        return sql.contains("_user\"") || sql.contains("_user`");
    }

    private ResultSet counting(ResultSet real) {
        return proxy(ResultSet.class, (self, method, arguments) -> {
            Object result = call(real, method, arguments);
            if (method.getName().equals("next") && Boolean.TRUE.equals(result)) {
                rows.incrementAndGet();
            }
            return result;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
