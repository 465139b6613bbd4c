package dev.mooring.schema;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.OperationalException;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbColumnRemovalTest extends ColumnRemovalContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadbWithAnsiQuotes();
    }

    /** As with mysqlclient. */
    @Override
    Class<? extends DatabaseException> errorOfNoColumn() {
        return OperationalException.class;
    }

    @Override
    boolean canBeMade(String index) {
        return !index.contains(" WHERE ") && !index.contains("((");
    }
}
