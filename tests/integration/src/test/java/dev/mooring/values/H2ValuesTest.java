package dev.mooring.values;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.example.h2.H2Databases;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class H2ValuesTest extends ValuesContract {

    @TempDir
    Path directory;

    @Override
    Stream<DatabaseSettingsBuilder> settings() {
        return Stream.of(H2Databases.in(directory));
    }

    @Override
    String column(ValueType type) {
        return switch (type) {
            case DECIMAL -> "decfloat(100)";
            case BIG_INTEGER -> "numeric(1000)";
            case BYTES -> "blob";
            case JSON -> "clob";
            case STRING -> "clob";
            case DATE_TIME -> "timestamp(6)";
            case INSTANT, OFFSET_DATE_TIME, ZONED_DATE_TIME -> "timestamp(6) with time zone";
            case TIME -> "time(6)";
            case DURATION -> "bigint";
            default -> type.postgres;
        };
    }

    @Override
    Stream<ValueType> types() {
        return Arrays.stream(ValueType.values()).filter(type -> type != ValueType.OFFSET_TIME);
    }

    /** H2 has no RETURNING. */
    @Override
    String insertAsQuery() {
        return "SELECT id FROM FINAL TABLE (INSERT INTO v VALUES (%s, %s))";
    }
}
