package dev.mooring.spring.boot3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.spring.items.ConfiguredDatabaseContract;
import dev.mooring.spring.items.EmbeddedDatabaseContract;
import dev.mooring.spring.items.Item;
import dev.mooring.spring.items.ItemRow;
import dev.mooring.spring.items.JooqContract;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.data.jdbc.DataJdbcTest;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.autoconfigure.jooq.JooqTest;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;

@DisplayName("A test of a slice, in Spring Boot 3")
class Boot3SlicesTest {

    @Nested
    @JdbcTest
    @DisplayName("with @JdbcTest on the configured database")
    class Jdbc extends ConfiguredDatabaseContract {}

    @Nested
    @JdbcTest
    @DisplayName("with @JdbcTest on an embedded database")
    class Replaced extends EmbeddedDatabaseContract {}

    @Nested
    @JdbcTest
    @AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.AUTO_CONFIGURED)
    @DisplayName("with @JdbcTest on an embedded database in place of one that was configured automatically")
    class ReplacedIfAutoConfigured extends EmbeddedDatabaseContract {}

    @Nested
    @DataJpaTest
    @DisplayName("with @DataJpaTest on the configured database")
    class Jpa extends ConfiguredDatabaseContract {

        @Test
        @DisplayName("has JPA's changes in the same transaction")
        void changes(@Autowired EntityManager entities, @Autowired Databases databases) {
            entities.persist(new Item(3, "JPA"));
            entities.flush();
            assertThat(databases.query(String.class, "SELECT name FROM item")).containsExactly("JPA");
        }
    }

    @Nested
    @DataJdbcTest(properties = "spring.data.jdbc.repositories.enabled=true")
    @DisplayName("with @DataJdbcTest on the configured database")
    class DataJdbc extends ConfiguredDatabaseContract {

        @Test
        @DisplayName("has the rows of Spring Data JDBC in the same transaction")
        void rows(@Autowired JdbcAggregateOperations rows, @Autowired Databases databases) {
            rows.insert(new ItemRow(4, "Spring Data JDBC"));
            assertThat(databases.query(String.class, "SELECT name FROM item")).containsExactly("Spring Data JDBC");
        }
    }

    @Nested
    @JooqTest
    @DisplayName("with @JooqTest")
    class Jooq extends JooqContract {}
}
