package dev.mooring.sqltext;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;

@DisplayName("PostgreSQL: SQL is read as the server reads it")
class PostgresSqlTextTest extends SqlAgainstEngineContract {

    private DatabaseSettings settings;

    @Override
    DatabaseSettings emptyDatabase() {
        settings = EmptyDatabases.postgres();
        return settings;
    }

    @Override
    GeneratedSql.Kind kind() {
        return GeneratedSql.Kind.POSTGRES;
    }

    /** In the simple protocol the driver sends the text as it is. */
    @Override
    Connection driver() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:"
                + settings.port().getAsInt() + "/" + settings.name() + "?user=postgres&preferQueryMode=simple");
    }

    @Override
    int runWhole(Statement statement, String sql) throws SQLException {
        statement.setEscapeProcessing(false);
        int results = 0;
        boolean rows = statement.execute(sql);
        while (rows || statement.getUpdateCount() >= 0) {
            results++;
            rows = statement.getMoreResults();
        }
        return results;
    }
}
