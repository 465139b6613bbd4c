package dev.mooring.sessions;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.transactions.RequiresMariadb;
import java.nio.file.Path;
import java.util.Map;

@RequiresMariadb
class MariadbDriverErrorTest extends DriverErrorContract {

    @Override
    DatabaseSettings settings(Path directory) {
        return EmptyDatabases.mariadb();
    }

    @Override
    String url(DatabaseSettings settings) {
        return "jdbc:mariadb://127.0.0.1:%d/%s?user=%s&password=%s"
                .formatted(
                        settings.port().orElseThrow(),
                        settings.name(),
                        settings.user(),
                        settings.password().reveal());
    }

    /** The driver fails at that text while it writes its message, so that the connection is not used again. */
    @Override
    Map<String, Call> calls() {
        Map<String, Call> calls = super.calls();
        calls.remove("a statement that is null");
        return calls;
    }
}
