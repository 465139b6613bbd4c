package dev.mooring.mariadb;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ValueCodec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HexFormat;

/** Values written into schema statements, which take no parameters: each comes back as it would if it were bound. */
final class MariadbLiterals {

    private final MariadbValueCodec codec;

    MariadbLiterals(MariadbValueCodec codec) {
        this.codec = codec;
    }

    String of(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        } else if (value instanceof Double || value instanceof Float) {
            return number((Number) value);
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        } else if (value instanceof Number) {
            return value.toString();
        } else if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        } else if (value instanceof Duration duration) {
            return String.valueOf(ValueCodec.microseconds(1, duration));
        }
        return text(codec.text(1, value));
    }

    private static String number(Number value) {
        if (!Double.isFinite(value.doubleValue())) {
            throw ErrorKind.DATA.exception("A default value is %s, which no column of MariaDB stores".formatted(value));
        }
        return value.toString();
    }

    /** The session's {@code sql_mode} has backslashes escape. */
    static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
