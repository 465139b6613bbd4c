package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.junit.jupiter.api.Test;

class HibernateTest extends LibraryTest {

    private SessionFactory sessions;

    /** A row of the table. */
    @Entity(name = "Item")
    @Table(name = "item")
    static class Item {
        @Id
        int id;

        String name;

        Item() {}

        Item(int id) {
            this.id = id;
            this.name = "Hibernate's";
        }
    }

    @Override
    void start() {
        Configuration configuration = new Configuration().addAnnotatedClass(Item.class);
        configuration.getProperties().put(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, databases.dataSource());
        configuration.getProperties().put("hibernate.allow_update_outside_transaction", true);
        if (engine == Engine.SQLITE) {
            configuration.setProperty(JdbcSettings.DIALECT, "org.hibernate.community.dialect.SQLiteDialect");
        }
        sessions = configuration.buildSessionFactory();
    }

    @Override
    void stop() {
        sessions.close();
    }

    @Override
    void insert(int id) {
        try (var session = sessions.openStatelessSession()) {
            session.insert(new Item(id));
        }
    }

    @Override
    List<Integer> ids() {
        try (var session = sessions.openSession()) {
            return session.createSelectionQuery("select id from Item order by id", Integer.class)
                    .getResultList();
        }
    }

    @Override
    void insertInTransaction(int id) {
        sessions.inTransaction(session -> session.persist(new Item(id)));
    }

    @Test
    void undoesItsOwnTransactions() {
        assertThatThrownBy(() -> sessions.inTransaction(session -> {
                    session.persist(new Item(1));
                    session.flush();
                    throw new IllegalStateException("away with it");
                }))
                .hasMessage("away with it");

        assertThat(oursIds()).isEmpty();
    }

    @Test
    void beginsNoTransactionInAtomic() {
        isRefusedInAtomic(() -> insertInTransaction(1));
    }

    @Test
    void flushesASessionIntoAtomic() {
        databases.atomic(() -> {
            databases.execute("INSERT INTO item VALUES (1, 'ours')");
            try (var session = sessions.openSession()) {
                session.find(Item.class, 1).name = "changed";
                session.persist(new Item(2));
                session.flush();
            }
        });

        assertThat(oursIds()).containsExactly(1, 2);
        assertThat(databases.query("SELECT name FROM item WHERE id = 1").get(0).get("name"))
                .isEqualTo("changed");
    }

    @Test
    void takesOurBlocksIntoItsTransactions() {
        assertThatThrownBy(() -> sessions.inTransaction(session -> {
                    session.persist(new Item(1));
                    session.flush();
                    databases.atomic(() -> databases.execute("INSERT INTO item VALUES (2, 'ours')"));
                    throw new IllegalStateException("away with it");
                }))
                .hasMessage("away with it");

        assertThat(oursIds()).isEmpty();
    }
}
