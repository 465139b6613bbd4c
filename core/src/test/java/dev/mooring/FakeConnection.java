package dev.mooring;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** A connection to a {@link FakeDatabase}: as much of JDBC as the layer uses, and an error for the rest. */
final class FakeConnection {

    /** What drivers answer that put inserts of one row together. */
    private static final int[] UNCOUNTED = {
        Statement.SUCCESS_NO_INFO, Statement.SUCCESS_NO_INFO, Statement.SUCCESS_NO_INFO
    };

    private final FakeDatabase database;
    private final AtomicReference<Thread> user = new AtomicReference<>();
    private volatile boolean closed;

    FakeConnection(FakeDatabase database) {
        this.database = database;
    }

    Connection proxy() {
        return make(Connection.class, (method, arguments) -> switch (method) {
            case "prepareStatement" -> {
                call("prepare " + arguments[0]);
                database.duringPrepare.accept((String) arguments[0]);
                yield statement((String) arguments[0]);
            }
            case "createStatement" -> statement("");
            case "setAutoCommit" -> (boolean) arguments[0] ? null : call("BEGIN");
            case "commit" -> call("COMMIT");
            case "rollback" -> call("ROLLBACK");
            case "isClosed" -> closed;
            case "clearWarnings" -> null;
            case "setSchema", "setHoldability", "setTransactionIsolation" -> call(method + " " + arguments[0]);
            case "getMetaData" -> metaData();
            case "close" -> close();
            case "abort" -> {
                database.aborted.incrementAndGet();
                database.failIfTold("abort");
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private Object close() throws SQLException {
        if (!closed && database.unclosable) {
            throw new SQLException("this connection cannot be closed");
        }
        if (!closed) {
            closed = true;
            database.closed.incrementAndGet();
        }
        database.failIfTold("close");
        return null;
    }

    private Object statement(String prepared) {
        boolean[] gone = {false};
        return make(PreparedStatement.class, (method, arguments) -> switch (method) {
            case "execute" -> {
                String sql = arguments == null ? prepared : (String) arguments[0];
                call(sql);
                yield isQuery(sql);
            }
            case "executeQuery" -> {
                call(prepared);
                yield resultSet(prepared, gone);
            }
            case "getResultSet" -> resultSet(prepared, gone);
            case "getUpdateCount" -> 1;
            case "setObject" -> call("bind " + arguments[0] + " " + arguments[1]);
            case "addBatch" -> {
                database.failIfTold("addBatch " + (arguments == null ? prepared : arguments[0]));
                yield null;
            }
            case "clearBatch" -> null;
            case "setFetchSize" -> {
                database.failIfTold("fetch size");
                yield null;
            }
            case "executeBatch" -> {
                call("batch " + prepared);
                yield prepared.startsWith("INSERT") ? UNCOUNTED : new int[] {1, 0, 2};
            }
            case "isClosed" -> gone[0];
            case "cancel" -> {
                database.interrupts.incrementAndGet();
                yield null;
            }
            case "close" -> {
                gone[0] = true;
                database.failIfTold("close " + prepared);
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private ResultSet resultSet(String sql, boolean[] statementGone) {
        List<List<Object>> found = database.found(sql);
        Iterator<List<Object>> rows = found.iterator();
        int columns = found.isEmpty() ? 1 : found.get(0).size();
        Object[] current = {null};
        boolean[] gone = {false};
        return make(ResultSet.class, (method, arguments) -> switch (method) {
            case "getMetaData" -> metaData(columns);
            case "next" -> {
                checkOpen();
                if (statementGone[0]) {
                    throw new SQLException("this statement is closed", "55000");
                }
                database.during.accept("next " + sql);
                database.failIfTold("next " + sql);
                boolean more = rows.hasNext();
                current[0] = more ? rows.next() : null;
                yield more;
            }
            case "getObject", "getInt" -> ((List<?>) current[0]).get((int) arguments[0] - 1);
            case "isClosed" -> gone[0];
            case "getStatement" -> null;
            case "close" -> {
                gone[0] = true;
                database.failIfTold("close rows of " + sql);
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private DatabaseMetaData metaData() {
        return make(DatabaseMetaData.class, (method, arguments) -> switch (method) {
            case "getTables" -> resultSet("TABLES", new boolean[1]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private ResultSetMetaData metaData(int columns) {
        return make(ResultSetMetaData.class, (method, arguments) -> switch (method) {
            case "getColumnCount" -> columns;
            case "getColumnLabel" -> "c" + arguments[0];
            default -> throw new UnsupportedOperationException(method);
        });
    }

    /** Sends something, and notices whether another thread is just doing so. */
    private Object call(String call) throws SQLException {
        if (!user.compareAndSet(null, Thread.currentThread())) {
            database.overlaps.incrementAndGet();
        }
        try {
            checkOpen();
            if (call.startsWith("prepare ") || call.startsWith("bind ")) {
                database.failIfTold(call);
            } else {
                database.call(call);
            }
        } finally {
            user.set(null);
        }
        return null;
    }

    private void checkOpen() throws SQLException {
        if (closed) {
            throw new SQLException("this connection is closed", "08003");
        }
    }

    private static boolean isQuery(String sql) {
        return sql.toUpperCase(Locale.ROOT).startsWith("SELECT");
    }

    private <T> T make(Class<T> type, Behaviour behaviour) {
        InvocationHandler handler = (self, method, arguments) -> {
            return switch (method.getName()) {
                case "equals" -> self == arguments[0];
                case "hashCode" -> System.identityHashCode(self);
                case "toString" -> "fake " + type.getSimpleName();
                case "isWrapperFor" -> arguments[0] == FakeConnection.class;
                case "unwrap" -> this;
                default -> behaviour.call(method.getName(), arguments);
            };
        };
        return type.cast(Proxy.newProxyInstance(FakeConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private interface Behaviour {
        Object call(String method, Object[] arguments) throws Exception;
    }
}
