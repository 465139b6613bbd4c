package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.libraries.AtomicTransactions;
import java.nio.file.Path;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.hibernate.cfg.JdbcSettings;
import org.jdbi.v3.core.Jdbi;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What each library does in a transaction is tested in the package {@code libraries}. */
@DisplayName("The page docs/libraries.md")
class LibrariesPageTest {

    private static final String COUNT = "SELECT count(*) FROM item";

    @TempDir
    private Path directory;

    @Test
    @DisplayName("has snippets that run on PostgreSQL")
    void postgres() {
        try (Databases databases = OnBothDatabases.POSTGRESQL.open(directory)) {
            databases.execute("CREATE TABLE item (id integer)");

            DSLContext jooq = DSL.using(databases.dataSource(), SQLDialect.POSTGRES);
            databases.atomic(() -> {
                databases.execute("INSERT INTO item VALUES (%s)", 1);
                jooq.execute("INSERT INTO item VALUES (2)");
            });
            assertThat(databases.query(Integer.class, COUNT).one()).isEqualTo(2);

            Flyway.configure()
                    .dataSource(databases.dataSource())
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
            assertThat(databases.using("default").tableNames()).contains("flyway_schema_history");
        }
    }

    @Test
    @DisplayName("has snippets that run on SQLite")
    void sqlite() {
        try (Databases databases = OnBothDatabases.SQLITE.open(directory)) {
            databases.execute("CREATE TABLE item (id integer)");

            DSLContext jooq = DSL.using(databases.dataSource(), SQLDialect.SQLITE);
            jooq.configuration().set(new AtomicTransactions(databases));
            databases.atomic(() -> jooq.transaction(inner -> inner.dsl().execute("INSERT INTO item VALUES (1)")));

            Jdbi jdbi = Jdbi.create(databases.dataSource());
            jdbi.useTransaction(handle -> handle.execute("INSERT INTO item VALUES (?)", 2));

            JdbcClient client = JdbcClient.create(databases.dataSource());
            TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(databases.dataSource()));
            template.executeWithoutResult(
                    status -> client.sql("INSERT INTO item VALUES (?)").param(3).update());

            Properties settings = new Properties();
            settings.put(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, databases.dataSource());

            assertThat(databases.query(Integer.class, COUNT).one()).isEqualTo(3);
            assertThat(settings).hasSize(1);
        }
    }
}
