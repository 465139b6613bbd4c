package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettingsBuilder;
import java.util.List;

@RequiresMariadb
class MariadbTransactionTextTest extends TransactionTextContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }

    @Override
    List<String> controlling() {
        return List.of(
                "ROLLBACK",
                "commit",
                "  /* a comment */ -- and another\n # a third\n Commit Work;",
                "COMMIT AND CHAIN",
                "ROLLBACK AND CHAIN",
                "BEGIN",
                "START TRANSACTION READ ONLY",
                "/*! COMMIT */");
    }

    @Override
    List<String> beginning() {
        return List.of("BEGIN", "/* c */ start transaction");
    }

    @Override
    List<String> harmless() {
        return List.of(
                "SELECT 'a; COMMIT; last_insert_id()'",
                "SELECT \"it\\\"s; COMMIT\"",
                "SELECT 1 -- ; COMMIT",
                "SELECT 1 # ; COMMIT",
                "DO 1");
    }
}
