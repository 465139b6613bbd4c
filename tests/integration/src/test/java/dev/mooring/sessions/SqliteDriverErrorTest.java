package dev.mooring.sessions;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On SQLite")
class SqliteDriverErrorTest extends DriverErrorContract {

    @Override
    DatabaseSettings settings(Path directory) {
        return EmptyDatabases.sqlite(directory).toBuilder()
                .option("synchronous", "OFF")
                .build();
    }

    /**
     * Where the driver throws a ClassCastException, the view does as JDBC has it; and it refuses to read NULL where a parameter
     * was forgotten.
     */
    @Override
    Map<String, Call> calls() {
        Map<String, Call> calls = super.calls();
        calls.remove("no parameter set");
        calls.remove("unwrap of what it is not");
        return calls;
    }

    @Override
    String url(DatabaseSettings settings) {
        return "jdbc:sqlite:" + settings.name();
    }
}
