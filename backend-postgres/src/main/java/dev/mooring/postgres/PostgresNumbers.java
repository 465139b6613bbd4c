package dev.mooring.postgres;

import dev.mooring.error.ErrorKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Keeps from the driver the decimal numbers that it would send as others: it counts their digits in 16 bits. */
final class PostgresNumbers {

    private static final int MAX_DIGITS_BEFORE = 131_072;
    private static final int MAX_DIGITS_AFTER = 16_383;
    /** No number of more bits has so few digits. Counting them is expensive. */
    private static final int MAX_BITS = (MAX_DIGITS_BEFORE + MAX_DIGITS_AFTER) * 4;

    private PostgresNumbers() {}

    static BigDecimal numeric(int index, BigInteger value) {
        checkSize(index, value);
        return numeric(index, new BigDecimal(value));
    }

    /** {@return a number that is {@code value} and has a scale that PostgreSQL keeps} */
    static BigDecimal numeric(int index, BigDecimal value) {
        int scale = value.scale();
        if (scale >= 0 && scale <= MAX_DIGITS_AFTER && value.unscaledValue().bitLength() < 64) {
            return value;
        }
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(Math.min(Math.max(scale, 0), MAX_DIGITS_AFTER));
        }
        checkSize(index, value.unscaledValue());
        if ((long) value.precision() - scale > MAX_DIGITS_BEFORE) {
            throw tooLarge(index);
        }
        return scale <= MAX_DIGITS_AFTER ? value : shortened(index, value);
    }

    /** Without the zeros at the end that PostgreSQL has no place for. */
    private static BigDecimal shortened(int index, BigDecimal value) {
        if (value.precision() <= (long) value.scale() - MAX_DIGITS_AFTER) {
            throw tooLarge(index);
        }
        try {
            return value.setScale(MAX_DIGITS_AFTER, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw tooLarge(index);
        }
    }

    private static void checkSize(int index, BigInteger digits) {
        if (digits.bitLength() > MAX_BITS) {
            throw tooLarge(index);
        }
    }

    private static RuntimeException tooLarge(int index) {
        return ErrorKind.DATA.exception(
                "Parameter %d has more than the %d digits before or %d digits after the point of PostgreSQL's numeric"
                        .formatted(index, MAX_DIGITS_BEFORE, MAX_DIGITS_AFTER));
    }
}
