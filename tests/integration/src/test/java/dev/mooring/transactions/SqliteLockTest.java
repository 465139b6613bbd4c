package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.engines.OnSqlite;
import dev.mooring.kit.contracts.LockContract;

class SqliteLockTest extends LockContract implements OnSqlite {

    /** How long it waits for the locks of others. */
    @Override
    protected DatabaseSettingsBuilder settings() {
        return super.settings().option("timeout", "0.5");
    }
}
