package dev.mooring.values;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.ValuesContract;
import java.util.stream.Stream;

class MariadbValuesTest extends ValuesContract implements OnMariadb {

    @Override
    protected Stream<DatabaseSettingsBuilder> variants() {
        return Stream.of(super.settings(), super.settings().option("useServerPrepStmts", "true"));
    }
}
