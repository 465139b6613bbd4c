package dev.mooring.jdbc;

import dev.mooring.spi.ValueCodec;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times between a library and a driver that stores them otherwise than the layer does. Only where the
 * {@linkplain ValueCodec#convertsDateTimes() value codec} says so. Thread-safe.
 */
final class JdbcDateTimes {

    private static final Set<String> SETTERS = Set.of("setTimestamp", "setDate", "setTime", "setObject");
    private static final Set<String> GETTERS = Set.of("getTimestamp", "getDate", "getTime", "getObject");
    private static final Set<Object> NUMERIC = Set.of(Types.NUMERIC, Types.DECIMAL, JDBCType.NUMERIC, JDBCType.DECIMAL);
    private static final Method BIND = method(PreparedStatement.class, "setObject", int.class, Object.class);
    private static final Method READ = method(ResultSet.class, "getObject", int.class);
    private static final Method READ_BY_LABEL = method(ResultSet.class, "getObject", String.class);

    private final ValueCodec codec;

    JdbcDateTimes(ValueCodec codec) {
        this.codec = codec;
    }

    /** Refuses a number that is bound as one, and that the driver would store as another. */
    void checkStorable(Method method, @Nullable Object[] arguments) {
        if (arguments.length > 1
                && arguments[1] instanceof BigDecimal number
                && arguments[0] instanceof Integer index
                && (arguments.length == 2 || NUMERIC.contains(arguments[2]))
                && method.getName().startsWith("set")) {
            codec.checkStorable(index, number);
        }
    }

    /** {@return the value to bind in place of a date or time with {@link #bindMethod}; null if the driver's own binding will do} */
    @Nullable
    Object toDriver(Object statement, Method method, @Nullable Object[] arguments) {
        if (!codec.convertsDateTimes()
                || !(statement instanceof PreparedStatement)
                || arguments.length < 2
                || arguments[1] == null
                || !(arguments[0] instanceof Integer)
                || !SETTERS.contains(method.getName())) {
            return null;
        }
        Object converted = codec.dateTimeToDriver((Integer) arguments[0], arguments[1], zone(arguments));
        return converted == arguments[1] ? null : converted;
    }

    static Method bindMethod() {
        return BIND;
    }

    /** {@return the method that reads what is stored, to be given to {@link #fromDriver}; null if the driver's own reading will do} */
    @Nullable
    Method readMethod(Object rows, Method method, @Nullable Object[] arguments) {
        boolean converts = codec.convertsDateTimes()
                && rows instanceof ResultSet
                && GETTERS.contains(method.getName())
                && codec.isDateTime(type(method, arguments));
        return !converts ? null : arguments[0] instanceof Integer ? READ : READ_BY_LABEL;
    }

    /** {@return {@code stored} as what {@code method} is to answer; null if the driver is to convert it} */
    @Nullable
    Object fromDriver(@Nullable Object stored, Method method, @Nullable Object[] arguments) throws SQLException {
        return stored == null ? null : codec.dateTimeFromDriver(stored, type(method, arguments), zone(arguments));
    }

    private static Class<?> type(Method method, @Nullable Object[] arguments) {
        boolean named = arguments.length > 1 && arguments[1] instanceof Class<?>;
        return named ? (Class<?>) arguments[1] : method.getReturnType();
    }

    private static @Nullable ZoneId zone(@Nullable Object[] arguments) {
        Object last = arguments[arguments.length - 1];
        return last instanceof Calendar calendar ? calendar.getTimeZone().toZoneId() : null;
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
