package dev.mooring.transactions;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.example.h2.H2Databases;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class H2TransactionTextTest extends TransactionTextContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings() {
        return H2Databases.in(directory);
    }

    @Override
    List<String> controlling() {
        return List.of("ROLLBACK", "commit", "/* a /* nested */ comment */ COMMIT WORK", "BEGIN");
    }

    @Override
    List<String> beginning() {
        return List.of("BEGIN", "/* c */ begin");
    }

    @Override
    List<String> harmless() {
        return List.of("SELECT 'a; COMMIT;'", "SELECT $$a; COMMIT;$$", "SELECT 1 -- ; COMMIT", "VALUES (1)");
    }
}
