package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.RequiresMariadb;
import dev.mooring.transactions.TestDatabases;

@RequiresMariadb
class MariadbRowsTest extends RowsContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb().option("sql_mode", "ANSI_QUOTES,STRICT_TRANS_TABLES");
    }

    @Override
    String bytes() {
        return "binary(1)";
    }
}
