package dev.mooring.differential;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.MalformedURLException;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.Calendar;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes plausible arguments for any method of JDBC, by the types and the names. */
final class Arguments {

    /** Which arguments are made. */
    enum Kind {
        USUAL,
        OTHER,
        WRONG
    }

    private final Engine engine;
    private final Kind kind;
    private final Subject subject;

    Arguments(Engine engine, Kind kind, Subject subject) {
        this.engine = engine;
        this.kind = kind;
        this.subject = subject;
    }

    @Nullable
    Object[] of(Method method) throws SQLException {
        Class<?>[] types = method.getParameterTypes();
        Object[] made = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            made[i] = of(method, types[i], i);
        }
        return made;
    }

    private @Nullable Object of(Method method, Class<?> type, int position) throws SQLException {
        if (type == int.class) {
            return number(method, position);
        } else if (type == String.class) {
            return text(method, position);
        } else if (type == Object.class) {
            return pick("fourth", 4, null);
        } else if (type == Class.class) {
            return method.getName().equals("getObject")
                    ? pick(String.class, LocalDateTime.class, Runnable.class)
                    : pick(subject.type, engine.driver, Runnable.class);
        }
        return plain(method, type);
    }

    private @Nullable Object plain(Method method, Class<?> type) throws SQLException {
        boolean wrong = kind == Kind.WRONG;
        if (type == boolean.class) {
            return kind == Kind.USUAL;
        } else if (type == byte.class) {
            return (byte) 7;
        } else if (type == short.class) {
            return (short) 7;
        } else if (type == long.class) {
            return wrong ? -5L : kind == Kind.USUAL ? 1L : 2L;
        } else if (type == float.class) {
            return 1.5f;
        } else if (type == double.class) {
            return 2.5d;
        } else if (wrong && type != Executor.class) {
            return null;
        } else if (type == BigDecimal.class) {
            return new BigDecimal("12.30");
        } else if (type == Date.class) {
            return Date.valueOf("2023-06-01");
        } else if (type == Time.class) {
            return Time.valueOf("10:20:57");
        } else if (type == Timestamp.class) {
            return Timestamp.valueOf(kind == Kind.USUAL ? "2023-06-01 10:20:57.15015" : "2023-06-01 00:00:00");
        } else if (type == Calendar.class) {
            return Calendar.getInstance(TimeZone.getTimeZone("GMT+2"));
        } else if (type == byte[].class) {
            return new byte[] {1, 2, 3};
        } else if (type == InputStream.class) {
            return new ByteArrayInputStream(new byte[] {49, 50});
        } else if (type == Reader.class) {
            return new StringReader("read");
        }
        return rare(method, type);
    }

    private @Nullable Object rare(Method method, Class<?> type) throws SQLException {
        if (type == Savepoint.class) {
            return kind == Kind.USUAL ? subject.connection.setSavepoint() : subject.connection.setSavepoint("mine");
        } else if (type == Executor.class) {
            return kind == Kind.WRONG ? null : (Executor) Runnable::run;
        } else if (type == Properties.class) {
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "other");
            return properties;
        } else if (type == Map.class) {
            return Map.of();
        } else if (type == SQLType.class) {
            return JDBCType.VARCHAR;
        } else if (type == URL.class) {
            try {
                return new URL("http://localhost/");
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        } else if (type == int[].class) {
            return new int[] {kind == Kind.USUAL ? 1 : 2};
        } else if (type == String[].class) {
            return new String[] {method.getName().equals("getTables") ? "TABLE" : "id"};
        } else if (type == Object[].class) {
            return new Object[] {1, 2};
        }
        return ofJdbc(type);
    }

    /** Another one than the subject, of the same connection. Of the rest the drivers make none. */
    private @Nullable Object ofJdbc(Class<?> type) throws SQLException {
        Connection connection = subject.connection;
        if (type == SQLXML.class) {
            SQLXML xml = connection.createSQLXML();
            xml.setString("<c/>");
            return xml;
        } else if (type == Array.class) {
            return connection.createArrayOf("integer", new Object[] {3, 4});
        } else if (type == Blob.class || type == Clob.class) {
            String column = engine == Engine.SQLITE && type == Clob.class ? "name" : "big";
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(Subject.ALL)) {
                rows.next();
                return type == Blob.class ? rows.getBlob(column) : rows.getClob(column);
            }
        }
        return null;
    }

    private int number(Method method, int position) throws SQLException {
        if (kind == Kind.WRONG) {
            return position == 0 ? 99 : -1;
        }
        String name = method.getName();
        Class<?> owner = method.getDeclaringClass();
        if ((owner == Connection.class && name.startsWith("createStatement")) || name.startsWith("prepare")) {
            int[] usual = {ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.CLOSE_CURSORS_AT_COMMIT};
            int[] other = {
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE, ResultSet.HOLD_CURSORS_OVER_COMMIT
            };
            int place = name.startsWith("prepare") ? position - 1 : position;
            return method.getParameterCount() == 2 && name.startsWith("prepare")
                    ? Statement.RETURN_GENERATED_KEYS
                    : pick(usual[place], other[place], -1);
        }
        if (name.startsWith("execute")) {
            return Statement.RETURN_GENERATED_KEYS;
        }
        return switch (name) {
            case "setTransactionIsolation" ->
                pick(Connection.TRANSACTION_SERIALIZABLE, Connection.TRANSACTION_READ_COMMITTED, -1);
            case "setHoldability" -> pick(ResultSet.CLOSE_CURSORS_AT_COMMIT, ResultSet.HOLD_CURSORS_OVER_COMMIT, -1);
            case "setFetchDirection" -> pick(ResultSet.FETCH_FORWARD, ResultSet.FETCH_REVERSE, -1);
            case "setNetworkTimeout" -> pick(5_000, 0, -1);
            case "getMoreResults" -> pick(Statement.CLOSE_CURRENT_RESULT, Statement.KEEP_CURRENT_RESULT, -1);
            case "supportsConvert" -> Types.INTEGER;
            case "setNull" -> position == 0 ? 1 : Types.VARCHAR;
            case "setObject", "registerOutParameter", "updateObject" ->
                position == 0 ? 1 : position == 2 && method.getParameterCount() == 3 ? Types.VARCHAR : 2;
            default -> ofColumn();
        };
    }

    private int ofColumn() {
        return subject.columns > 1 && kind == Kind.OTHER ? subject.otherColumn : 1;
    }

    private @Nullable String text(Method method, int position) throws SQLException {
        String name = method.getName();
        if (name.startsWith("execute") || name.startsWith("prepare") || name.equals("addBatch")) {
            return pick(sql(method), "UPDATE item SET name = 'new' WHERE id = 1", "SELECT nothing FROM item");
        }
        return switch (name) {
            case "nativeSQL" -> pick("SELECT {fn now()}", "SELECT 1", "SELECT '");
            case "setSchema" -> pick("public", "other", null);
            case "setCatalog" -> pick("postgres", "other", null);
            case "setClientInfo" -> position == 0 ? pick("ApplicationName", "ApplicationName", "Nothing") : "other";
            case "setSavepoint" -> pick("mine", "yours", null);
            case "setCursorName" -> pick("c", "d", null);
            case "createArrayOf" -> pick("integer", "integer", "nothing");
            case "createStruct" -> "nothing";
            case "enquoteLiteral", "enquoteIdentifier", "enquoteNCharLiteral", "isSimpleIdentifier" ->
                pick("it's", "item", null);
            case "updateString", "updateNString", "setString", "setNString" ->
                position == 0 && method.getParameterTypes()[0] == String.class ? label() : pick("fourth", "17", null);
            default -> ofMetaData(method, position);
        };
    }

    private @Nullable String ofMetaData(Method method, int position) throws SQLException {
        if (!subject.type.getSimpleName().equals("DatabaseMetaData")) {
            return label();
        }
        int parameters = method.getParameterCount();
        return position < 2 && parameters > 1
                ? position == 0 ? catalog() : null
                : position == 2 ? pick("item", "it%", "nothing") : pick("%", "id", null);
    }

    /** Null is every database of MariaDB's server, those of other tests too, in an order that changes. */
    private @Nullable String catalog() throws SQLException {
        return engine == Engine.MARIADB ? subject.connection.getCatalog() : null;
    }

    private @Nullable String label() {
        return pick("name", "id", "nothing");
    }

    private String sql(Method method) {
        boolean rows =
                method.getName().equals("executeQuery") || method.getName().startsWith("prepare");
        return rows
                ? "SELECT name FROM item ORDER BY id"
                : "INSERT INTO item (id, name) VALUES (3, 'three')"
                        + (method.getName().equals("execute") ? " RETURNING id" : "");
    }

    private <T extends @Nullable Object> T pick(T usual, T other, T wrong) {
        return switch (kind) {
            case USUAL -> usual;
            case OTHER -> other;
            case WRONG -> wrong;
        };
    }

    /** {@return whether the arguments of {@code kind} differ from the usual ones} */
    static boolean isWorthwhile(Method method, Kind kind) {
        return kind == Kind.USUAL || method.getParameterCount() > 0;
    }

    static boolean isBinder(Method method) {
        return PreparedStatement.class.isAssignableFrom(method.getDeclaringClass())
                && method.getName().startsWith("set")
                && method.getParameterCount() > 1;
    }
}
