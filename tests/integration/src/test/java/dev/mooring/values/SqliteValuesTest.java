package dev.mooring.values;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class SqliteValuesTest extends ValuesContract {

    @TempDir
    Path directory;

    @Override
    Stream<DatabaseSettingsBuilder> settings() {
        return Stream.of(
                TestDatabases.sqlite(directory), TestDatabases.sqlite(directory).timeZone(ZoneId.of("Europe/Berlin")));
    }

    @Override
    String column(ValueType type) {
        return type.sqlite;
    }

    @Override
    Stream<ValueType> types() {
        return Arrays.stream(ValueType.values()).filter(type -> !type.sqlite.isEmpty());
    }
}
