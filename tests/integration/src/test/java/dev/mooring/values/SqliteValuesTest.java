package dev.mooring.values;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.ValuesContract;
import java.time.ZoneId;
import java.util.stream.Stream;

class SqliteValuesTest extends ValuesContract implements OnSqlite {

    @Override
    protected Stream<DatabaseSettingsBuilder> variants() {
        return Stream.of(super.settings(), super.settings().timeZone(ZoneId.of("Europe/Berlin")));
    }
}
