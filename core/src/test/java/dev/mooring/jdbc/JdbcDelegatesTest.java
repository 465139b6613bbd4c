package dev.mooring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JdbcDelegatesTest {

    private static final Map<Class<?>, Class<?>> DELEGATES = Map.ofEntries(
            Map.entry(Connection.class, ConnectionDelegate.class),
            Map.entry(Statement.class, StatementDelegate.class),
            Map.entry(PreparedStatement.class, PreparedStatementDelegate.class),
            Map.entry(CallableStatement.class, CallableStatementDelegate.class),
            Map.entry(ResultSet.class, ResultSetDelegate.class),
            Map.entry(ResultSetMetaData.class, ResultSetMetaDataDelegate.class),
            Map.entry(ParameterMetaData.class, ParameterMetaDataDelegate.class),
            Map.entry(DatabaseMetaData.class, DatabaseMetaDataDelegate.class),
            Map.entry(Array.class, ArrayDelegate.class),
            Map.entry(Blob.class, BlobDelegate.class),
            Map.entry(Clob.class, ClobDelegate.class),
            Map.entry(NClob.class, NClobDelegate.class));

    @Test
    @DisplayName(
            "Delegates have every method of JDBC, also those with a default; those of a later JDK run their default")
    void haveEveryMethod() {
        DELEGATES.forEach((type, delegate) -> assertThat(inherited(type, delegate))
                .as(type.getSimpleName())
                .allSatisfy(method ->
                        assertThat(Runtime.version().feature()).as("%s", method).isGreaterThan(17)));
    }

    /** {@return the methods that the delegate has from the interface itself} */
    private static List<Method> inherited(Class<?> type, Class<?> delegate) {
        return Arrays.stream(delegate.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getDeclaringClass().isInterface())
                .filter(method -> method.getDeclaringClass().isAssignableFrom(type))
                .toList();
    }
}
