package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.IsolationLevel;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("PostgreSQL: isolation levels of blocks")
class PostgresIsolationTest extends IsolationContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }

    @Override
    String level(IsolationLevel level) {
        return level.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    String current() {
        return databases.query(String.class, "SHOW transaction_isolation").one();
    }

    @Test
    @DisplayName("A serializable block that another transaction got in the way of is run again, at its level")
    void repeatsASerializableBlock() {
        AtomicInteger tries = new AtomicInteger();

        String level = databases.atomic(SERIALIZABLE.retrying(3), () -> {
            int amount =
                    databases.query(Integer.class, "SELECT amount FROM stock").one();
            if (tries.incrementAndGet() == 1) {
                CompletableFuture.runAsync(() -> databases.execute("UPDATE stock SET amount = 20"))
                        .join();
            }
            databases.execute("UPDATE stock SET amount = %s", amount + 1);
            return current();
        });

        assertThat(level).isEqualTo("serializable");
        assertThat(tries).hasValue(2);
        assertThat(databases.query(Integer.class, "SELECT amount FROM stock").one())
                .isEqualTo(21);
    }

    @Test
    @DisplayName("A statement whose plan is out of date is repeated at the block's level")
    void keepsTheLevelWhenTheFirstStatementIsRepeated() {
        String sql = "SELECT * FROM stock";
        for (int i = 0; i < 10; i++) {
            databases.query(sql);
        }
        CompletableFuture.runAsync(() -> databases.execute("ALTER TABLE stock ADD note text"))
                .join();

        assertThat(databases.atomic(SERIALIZABLE, () -> {
                    databases.query(sql);
                    return current();
                }))
                .isEqualTo("serializable");
    }
}
