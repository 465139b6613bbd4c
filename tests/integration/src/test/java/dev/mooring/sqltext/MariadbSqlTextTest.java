package dev.mooring.sqltext;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.transactions.RequiresMariadb;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

@DisplayName("MariaDB: SQL is read as the server reads it")
@RequiresMariadb
class MariadbSqlTextTest extends SqlAgainstEngineContract {

    /** Two bars join texts, as on the other databases. */
    private static final String MODE = "PIPES_AS_CONCAT,STRICT_TRANS_TABLES";

    private static final Pattern ANSWERED_COMMENT = Pattern.compile(";.*(#|--|/\\*)", Pattern.DOTALL);

    private DatabaseSettings settings;

    @Override
    DatabaseSettings emptyDatabase() {
        settings = EmptyDatabases.mariadb().toBuilder().option("sql_mode", MODE).build();
        return settings;
    }

    @Override
    GeneratedSql.Kind kind() {
        return GeneratedSql.Kind.MARIADB;
    }

    @Override
    String text() {
        return "char";
    }

    @Override
    Connection driver() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + settings.port().orElseThrow() + "/" + settings.name()
                        + "?allowMultiQueries=true&sessionVariables=sql_mode='" + MODE + "'",
                settings.user(),
                settings.password().reveal());
    }

    /** For a comment behind a semicolon the server answers as well. */
    @Override
    int runWhole(Statement statement, String sql) throws SQLException {
        statement.setEscapeProcessing(false);
        int results = 0;
        boolean rows = statement.execute(sql);
        while (rows || statement.getUpdateCount() >= 0) {
            results++;
            rows = statement.getMoreResults();
        }
        return ANSWERED_COMMENT.matcher(sql).find() ? -1 : results;
    }
}
