package dev.mooring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JdbcObjectTest {

    /** A method that answers to nothing would be one that was meant to. */
    @Test
    void haveNoMethodThatJdbcHasNot() {
        List<Class<?>> jdbc =
                List.of(Connection.class, PreparedStatement.class, ResultSet.class, DatabaseMetaData.class);
        for (Class<?> type : List.of(JdbcConnection.class, JdbcStatement.class, JdbcReader.class, JdbcObject.class)) {
            assertThat(Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> Modifier.isPublic(method.getModifiers()))
                            .filter(method -> !method.isSynthetic())
                            .filter(method -> !List.of("toString", "invoke").contains(method.getName())))
                    .allSatisfy(method -> assertThat(jdbc.stream()
                                    .flatMap(each -> Arrays.stream(each.getMethods()))
                                    .anyMatch(each -> each.getName().equals(method.getName())
                                            && Arrays.equals(each.getParameterTypes(), method.getParameterTypes())
                                            && each.getReturnType()
                                                    .isAssignableFrom(boxed(method.getReturnType(), each))))
                            .as(method.toString())
                            .isTrue());
        }
    }

    private static Class<?> boxed(Class<?> type, Method of) {
        return type == Object.class ? of.getReturnType() : type;
    }
}
