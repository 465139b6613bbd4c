package dev.mooring.auth;

import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.transactions.RequiresMariadb;
import dev.mooring.transactions.TestDatabases;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.RegisterExtension;

@RequiresMariadb
class MariadbUsersTest extends UsersContract {

    private static final CountedStatements STATEMENTS = new CountedStatements("mariadb");

    @RegisterExtension
    static final Extension DATABASE = TestDatabases.onMariadb(() -> database(EmptyDatabases.mariadb(), STATEMENTS));

    @Override
    CountedStatements statements() {
        return STATEMENTS;
    }
}
