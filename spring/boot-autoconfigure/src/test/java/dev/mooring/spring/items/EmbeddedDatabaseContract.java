package dev.mooring.spring.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.spring.Engine;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.transaction.BeforeTransaction;
import org.springframework.transaction.annotation.Transactional;

/** What a slice has that puts an embedded database in the place of the data source. */
@ContextConfiguration(classes = SliceApplication.class)
@Transactional // That of the slice is for methods that its class declares.
public abstract class EmbeddedDatabaseContract {

    @Autowired
    private Databases databases;

    @Autowired
    private DataSource source;

    @Autowired
    private JdbcClient client;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        String url = Engine.SQLITE.newDatabase();
        properties.add("mooring.databases.default.url", () -> url);
        properties.add("mooring.migrations.apps.shop", () -> "classpath:migrations/shop");
    }

    @BeforeTransaction
    void table() {
        client.sql("CREATE TABLE IF NOT EXISTS shelf (id integer)").update();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("has that, rolls back on it, and leaves the configured database alone")
    void replaced(int round) {
        assertThat(source).isInstanceOf(EmbeddedDatabase.class);
        assertThat(client.sql("SELECT id FROM shelf").query().listOfRows())
                .as("round " + round)
                .isEmpty();
        client.sql("INSERT INTO shelf VALUES (1)").update();
        assertThat(databases.using("default").tableNames()).isEmpty();
    }
}
