package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettingsBuilder;

class MariadbForgottenWorkTest extends ForgottenWorkContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }
}
