package dev.mooring.values;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.ValuesContract;
import java.time.ZoneId;
import java.util.stream.Stream;

class PostgresValuesTest extends ValuesContract implements OnPostgres {

    @Override
    protected Stream<DatabaseSettingsBuilder> variants() {
        return Stream.of(
                super.settings(),
                super.settings().option("prepare_threshold", "1").timeZone(ZoneId.of("Europe/Berlin")),
                super.settings().option("prepare_threshold", "none"),
                super.settings().option("reWriteBatchedInserts", "true").option("binaryTransfer", "false"));
    }
}
