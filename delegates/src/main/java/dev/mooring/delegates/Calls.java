package dev.mooring.delegates;

import java.util.List;
import java.util.Set;

/**
 * What the methods of a delegate do. Each enters the connection, which is one call at a time, and leaves it; what only reads a
 * value of a row checks that it could. What stands in between is decided here, by the name and the types of the method; what it
 * means is in the class that is extended.
 */
final class Calls {

    /** A driver takes its own objects for these, not the view's. */
    private static final List<String> OF_THE_VIEW =
            List.of("java.lang.Object", "java.sql.Array", "java.sql.Blob", "java.sql.Clob", "java.sql.NClob");

    /** What is not handed out as the driver returns it, since it may lead to the driver's connection. */
    private static final Set<String> GUARDED = Set.of(
            "java.lang.Object",
            "java.sql.Array",
            "java.sql.Blob",
            "java.sql.Clob",
            "java.sql.NClob",
            "java.sql.ResultSet",
            "java.sql.ResultSetMetaData",
            "java.sql.ParameterMetaData");

    private static final Set<String> CONVERTED_SETTERS =
            Set.of("setTimestamp", "setDate", "setTime", "setObject", "setBigDecimal");

    private static final Set<String> CONVERTED_GETTERS = Set.of("getTimestamp", "getDate", "getTime");

    private static final Set<String> READERS = Set.of("wasNull", "findColumn");

    private Calls() {}

    /** {@return the body of a method that the extended class has} */
    static String own(DelegateMethod method) {
        return entered(method, "super.%s(%s)".formatted(method.name(), method.arguments(List.of())));
    }

    /** {@return the body of a method that is the driver's} */
    static String of(DelegateMethod method) {
        if (!method.mayThrow()) {
            return returning(method) + driver(method) + ";";
        } else if (method.isOf("Connection")) {
            return entered(method, ofConnection(method));
        } else if (method.isOf("Statement")) {
            return ofStatement(method);
        } else if (method.isOf("ResultSet")) {
            return ofRows(method);
        }
        // Metadata is a Wrapper; arrays and large objects are not, and each of their calls may be one of the server's.
        boolean queries = method.returned().equals("java.sql.ResultSet") || !method.isOf("Wrapper");
        return opened(method, queries ? "ensureBegun();\n" : "", "");
    }

    private static String ofConnection(DelegateMethod method) {
        String sql = method.parameter(0).equals("java.lang.String") ? "p0" : "null";
        String call = "driver.%s(%s)".formatted(method.name(), method.arguments(List.of()));
        return "callDriver(\"%s\", %s.class, %s, driver -> %s)"
                .formatted(method.name(), method.returnedClass(), sql, lambda(method, call));
    }

    private static String ofStatement(DelegateMethod method) {
        String name = method.name();
        boolean binds = name.startsWith("set")
                && method.count() > 1
                && method.parameter(0).equals("int");
        if (name.startsWith("enquote") || name.equals("isSimpleIdentifier")) {
            return entered(method, "quote(() -> %s)".formatted(driver(method)));
        } else if (name.startsWith("execute")) {
            String sql = method.count() == 0 ? "" : "p0, ";
            return entered(method, "execute(%s() -> %s)".formatted(sql, driver(method)));
        } else if (binds && CONVERTED_SETTERS.contains(name)) {
            String third = method.count() > 2 ? "p2" : "null";
            return entered(method, "bind(p0, p1, %s, () -> %s)".formatted(third, lambda(method, driver(method))));
        }
        return opened(method, "", binds ? "bound(p0);\n" : "");
    }

    private static String ofRows(DelegateMethod method) {
        boolean typed = method.name().equals("getObject") && method.parameter(1).equals("java.lang.Class");
        if (typed || CONVERTED_GETTERS.contains(method.name())) {
            String type = typed ? "p1" : method.returned() + ".class";
            String calendar = method.count() > 1 && !typed ? "p1" : "null";
            return entered(method, "read(p0, %s, %s, () -> %s)".formatted(type, calendar, driver(method)));
        }
        boolean begins = method.name().endsWith("Row");
        boolean reads = method.name().startsWith("get") || READERS.contains(method.name());
        return reads && !begins && !GUARDED.contains(method.returnedClass())
                ? read(method)
                : opened(method, begins ? "ensureBegun();\n" : "", "");
    }

    private static String driver(DelegateMethod method) {
        return "driver.%s(%s)".formatted(method.name(), method.arguments(OF_THE_VIEW));
    }

    private static String lambda(DelegateMethod method, String call) {
        return method.isVoid() ? "{\n    %s;\n    return null;\n}".formatted(call) : call;
    }

    /** {@return a call of the extended class, which treats the driver's errors itself} */
    private static String entered(DelegateMethod method, String call) {
        return between(
                "enter",
                returning(method) + call + ";\n",
                "dev.mooring.error.DatabaseException",
                "JdbcErrors.ofWork(e)");
    }

    /** {@return a call of the driver} */
    private static String opened(DelegateMethod method, String before, String after) {
        String call = driver(method);
        if (GUARDED.contains(method.returnedClass())) {
            String cast = method.returned().equals("java.lang.Object") ? "" : "(" + method.returned() + ") ";
            call = "%sguarded(%s.class, %s)".formatted(cast, method.returnedClass(), call);
        }
        return between(
                "open",
                before + returning(method) + call + ";\n" + after,
                "java.sql.SQLException | RuntimeException | Error",
                "failed(e, \"%s\")".formatted(method.name()));
    }

    /** {@return a call of the driver that reads what it has of the current row} It changes nothing that is ours. */
    private static String read(DelegateMethod method) {
        return """
                check();
                try {
                    return %s;
                } catch (java.sql.SQLException | RuntimeException | Error e) {
                    throw readFailed(e, "%s");
                }
                """.formatted(driver(method), method.name());
    }

    private static String returning(DelegateMethod method) {
        return method.isVoid() ? "" : "return ";
    }

    private static String between(String begin, String statements, String caught, String thrown) {
        return """
                %s();
                try {
                %s} catch (%s e) {
                    throw %s;
                } finally {
                    leave();
                }
                """.formatted(begin, statements.indent(4), caught, thrown);
    }
}
