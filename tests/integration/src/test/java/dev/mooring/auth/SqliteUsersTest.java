package dev.mooring.auth;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteUsersTest extends UsersContract {

    private static final CountedStatements STATEMENTS = new CountedStatements("sqlite3");

    @RegisterExtension
    static final TestDatabase DATABASE = database(
            DatabaseSettings.builder("default")
                    .engine("sqlite3")
                    .name("users.db")
                    .build(),
            STATEMENTS);

    @Override
    CountedStatements statements() {
        return STATEMENTS;
    }
}
