package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.TestDatabase;
import dev.mooring.migrations.Migration;
import dev.mooring.migrations.Operations;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The page docs/testing.md")
class TestingPageTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.of(DatabaseSettings.fromUrl("sqlite:///shop.db"))
            .migrations(
                    List.of(Migration.of("shop", "0001_initial").with(Operations.sql("CREATE TABLE sale (name text)"))))
            .build();

    private final List<String> mails = new ArrayList<>();

    private record Shop(Databases databases, List<String> mails) {
        void sell(String name) {
            databases.execute("INSERT INTO sale VALUES (%s)", name);
            databases.query("SELECT count(*) FROM sale");
            databases.onCommit(() -> mails.add(name));
        }
    }

    @Test
    @DisplayName("counts statements, and runs what waits for a commit if it is asked to")
    void works(Databases databases) {
        Shop shop = new Shop(databases, mails);

        assertThat(database).executes(2, () -> shop.sell("tea"));

        List<Runnable> hooks = database.captureOnCommit(() -> shop.sell("tea"));
        database.runOnCommit(() -> shop.sell("tea"));
        assertThat(hooks).hasSize(1);
        assertThat(mails).containsExactly("tea");
    }
}
