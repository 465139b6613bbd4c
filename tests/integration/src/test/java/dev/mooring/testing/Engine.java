package dev.mooring.testing;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.TestDatabase;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.Operations;
import java.nio.file.Path;
import java.util.List;

/** Where the configured database is. */
enum Engine {
    FILE,
    MEMORY,
    POSTGRESQL;

    private static final List<Migration> SHOP = List.of(Migration.of("shop", "0001_initial")
            .with(Operations.sql("CREATE TABLE product (name varchar(20) PRIMARY KEY)")));

    DatabaseSettings configured(Path directory) {
        return switch (this) {
            case FILE -> EmptyDatabases.sqlite(directory);
            case MEMORY ->
                DatabaseSettings.builder("default")
                        .engine("sqlite3")
                        .name(":memory:")
                        .build();
            case POSTGRESQL -> EmptyDatabases.postgres();
        };
    }

    /** {@return a test database with a table and the row that every test is to find} */
    TestDatabase.Builder shop(Path directory) {
        return shop(configured(directory));
    }

    static TestDatabase.Builder shop(DatabaseSettings configured) {
        return TestDatabase.of(configured)
                .migrations(SHOP)
                .setUp(databases -> databases.execute("INSERT INTO product VALUES (%s)", "tea"));
    }
}
