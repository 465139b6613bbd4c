package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.engines.OnMariadb;
import dev.mooring.kit.contracts.RowsContract;

class MariadbRowsTest extends RowsContract implements OnMariadb {

    @Override
    protected DatabaseSettingsBuilder settings() {
        return super.settings().option("sql_mode", "ANSI_QUOTES,STRICT_TRANS_TABLES");
    }
}
