package dev.mooring.spring.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.spring.AtomicTransactionManager;
import dev.mooring.spring.Engine;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** What the slice for jOOQ has, which puts no embedded database in the place of the configured one. */
@ContextConfiguration(classes = SliceApplication.class)
@Transactional // That of the slice is for methods that its class declares.
public abstract class JooqContract {

    private static final String URL = Engine.POSTGRES.newDatabase();

    @Autowired
    private Databases databases;

    @Autowired
    private DataSource source;

    @Autowired
    private DSLContext jooq;

    @Autowired
    private TransactionManager manager;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> URL);
        properties.add("mooring.migrations.apps.shop", () -> "classpath:migrations/shop");
    }

    @Test
    @DisplayName("has the data source and the transactions of Databases")
    void ours() {
        assertThat(source).isSameAs(databases.dataSource());
        assertThat(manager).isInstanceOf(AtomicTransactionManager.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("rolls back after each test what it did, by jOOQ and by Databases")
    void rollsBack(int round) {
        assertThat(databases.query("SELECT id FROM item")).as("round " + round).isEmpty();
        databases.execute("INSERT INTO item VALUES (1, 'ours')");
        int unused = jooq.execute("INSERT INTO item VALUES (2, 'jOOQ')");
        assertThat(databases.query(Integer.class, "SELECT id FROM item ORDER BY id"))
                .containsExactly(1, 2);
    }
}
