package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbCollectedNamesTest extends CollectedNamesContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }

    /** Without its reference: MariaDB's foreign keys are between columns of one type. */
    @Override
    Column parentWithAnotherType() {
        return Column.of("parent_id", ColumnType.BIGINT).nullable();
    }
}
