package dev.mooring.values;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.RequiresMariadb;
import dev.mooring.transactions.TestDatabases;
import java.util.Arrays;
import java.util.stream.Stream;

@RequiresMariadb
class MariadbValuesTest extends ValuesContract {

    @Override
    Stream<DatabaseSettingsBuilder> settings() {
        return Stream.of(TestDatabases.mariadb(), TestDatabases.mariadb().option("useServerPrepStmts", "true"));
    }

    @Override
    String column(ValueType type) {
        return type.mariadb();
    }

    @Override
    Stream<ValueType> types() {
        return Arrays.stream(ValueType.values()).filter(type -> !type.mariadb().isEmpty());
    }
}
