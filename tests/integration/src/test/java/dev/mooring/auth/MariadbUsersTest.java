package dev.mooring.auth;

import dev.mooring.kit.TestDatabase;
import dev.mooring.migrations.EmptyDatabases;
import org.junit.jupiter.api.extension.RegisterExtension;

class MariadbUsersTest extends UsersContract {

    private static final CountedStatements STATEMENTS = new CountedStatements("mariadb");

    @RegisterExtension
    static final TestDatabase DATABASE = database(EmptyDatabases.mariadb(), STATEMENTS);

    @Override
    CountedStatements statements() {
        return STATEMENTS;
    }
}
