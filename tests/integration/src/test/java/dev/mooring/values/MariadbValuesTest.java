package dev.mooring.values;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;
import java.util.Arrays;
import java.util.stream.Stream;

class MariadbValuesTest extends ValuesContract {

    @Override
    Stream<DatabaseSettingsBuilder> settings() {
        return Stream.of(TestDatabases.mariadb(), TestDatabases.mariadb().option("useServerPrepStmts", "true"));
    }

    @Override
    String column(ValueType type) {
        return switch (type) {
            case BOOLEAN -> "bool";
            case FLOAT, DOUBLE -> "double precision";
            case DECIMAL -> "decimal(65, 20)";
            case BIG_INTEGER -> "decimal(65, 0)";
            case STRING -> "longtext";
            case UUIDS -> "char(32)";
            case BYTES -> "longblob";
            case DATE_TIME, INSTANT, OFFSET_DATE_TIME, ZONED_DATE_TIME -> "datetime(6)";
            case TIME -> "time(6)";
            case DURATION -> "bigint";
            default -> type.postgres;
        };
    }

    @Override
    Stream<ValueType> types() {
        return Arrays.stream(ValueType.values()).filter(type -> type != ValueType.OFFSET_TIME);
    }
}
