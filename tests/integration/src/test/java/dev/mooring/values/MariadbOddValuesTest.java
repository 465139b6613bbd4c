package dev.mooring.values;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.RequiresMariadb;
import dev.mooring.transactions.TestDatabases;

@RequiresMariadb
class MariadbOddValuesTest extends OddValuesContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadbBinary();
    }

    @Override
    String odd() {
        return "'0000-00-00'";
    }

    @Override
    String oddText() {
        return "0000-00-00";
    }
}
