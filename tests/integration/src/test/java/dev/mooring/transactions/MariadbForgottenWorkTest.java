package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettingsBuilder;

@RequiresMariadb
class MariadbForgottenWorkTest extends ForgottenWorkContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }
}
