package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.IsolationLevel;

@RequiresMariadb
class MariadbIsolationTest extends IsolationContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }

    @Override
    String level(IsolationLevel level) {
        return level.name().replace('_', ' ');
    }

    /** The level of the transaction, and not the session's. */
    @Override
    String current() {
        return databases
                .query(
                        String.class,
                        "SELECT isolation_level FROM performance_schema.events_transactions_current"
                                + " JOIN performance_schema.threads USING (thread_id) WHERE processlist_id = connection_id()")
                .one();
    }
}
