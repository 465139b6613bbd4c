package dev.mooring.auth;

import dev.mooring.kit.TestDatabase;
import dev.mooring.migrations.EmptyDatabases;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresUsersTest extends UsersContract {

    private static final CountedStatements STATEMENTS = new CountedStatements("postgresql");

    @RegisterExtension
    static final TestDatabase DATABASE = database(EmptyDatabases.postgres(), STATEMENTS);

    @Override
    CountedStatements statements() {
        return STATEMENTS;
    }
}
