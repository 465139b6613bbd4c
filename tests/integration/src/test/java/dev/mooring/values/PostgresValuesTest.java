package dev.mooring.values;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.stream.Stream;

class PostgresValuesTest extends ValuesContract {

    @Override
    Stream<DatabaseSettingsBuilder> settings() {
        return Stream.of(
                TestDatabases.postgres(),
                TestDatabases.postgres().option("prepare_threshold", "1").timeZone(ZoneId.of("Europe/Berlin")),
                TestDatabases.postgres().option("prepare_threshold", "none"),
                TestDatabases.postgres().option("reWriteBatchedInserts", "true").option("binaryTransfer", "false"));
    }

    @Override
    String column(ValueType type) {
        return type.postgres;
    }

    @Override
    Stream<ValueType> types() {
        return Arrays.stream(ValueType.values());
    }
}
