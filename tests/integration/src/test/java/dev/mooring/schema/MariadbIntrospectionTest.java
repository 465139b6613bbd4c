package dev.mooring.schema;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbIntrospectionTest extends IntrospectionContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadbWithAnsiQuotes();
    }

    @Override
    void addMore(Databases databases) {
        databases.execute("CREATE VIEW seen AS SELECT id, name FROM zoo_animal");
        databases.execute(
                "CREATE TABLE plain (a varchar(7) NOT NULL, b integer DEFAULT 3, c varchar(20) DEFAULT 'it''s',"
                        + " d char(3), e double, f float, g time(3), h timestamp NULL, i year, j decimal(5, 2) unsigned,"
                        + " k mediumint, l tinyint, m longblob, n enum('x', 'y'), o varchar(5) COLLATE utf8mb4_bin,"
                        + " CONSTRAINT both_columns CHECK (b > 1 AND c <> ''), UNIQUE (a, b)) COMMENT 'a table'");
        databases.execute("CREATE FULLTEXT INDEX words ON plain (c)");
    }

    /** The server wants the column named. */
    @Override
    String primaryKeyOf(String table) {
        return table + " (id)";
    }

    @Override
    RelationInfo.OnDelete withoutRule() {
        return RelationInfo.OnDelete.RESTRICT;
    }
}
