package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;
import org.junit.jupiter.api.DisplayName;

@DisplayName("PostgreSQL: rows as objects and lists as parameters")
class PostgresRowsTest extends RowsContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }
}
