package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.RequiresMariadb;
import dev.mooring.transactions.TestDatabases;

@RequiresMariadb
class MariadbCursorTest extends CursorContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }

    @Override
    int maxParameters() {
        return 65_535;
    }

    @Override
    String numberedKey() {
        return "integer AUTO_INCREMENT PRIMARY KEY";
    }
}
