package dev.mooring.sessions;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.example.h2.H2Databases;
import java.nio.file.Path;
import java.util.Map;

class H2DriverErrorTest extends DriverErrorContract {

    @Override
    DatabaseSettings settings(Path directory) {
        return H2Databases.in(directory).build();
    }

    @Override
    String url(DatabaseSettings settings) {
        return "jdbc:h2:" + settings.name() + ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
    }

    /** The view says by itself what it is not. */
    @Override
    Map<String, Call> calls() {
        Map<String, Call> calls = super.calls();
        calls.remove("unwrap of what it is not");
        return calls;
    }
}
