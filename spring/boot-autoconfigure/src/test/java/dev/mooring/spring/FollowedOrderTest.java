package dev.mooring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Database;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@DisplayName("Transactions of a manager that our calls follow, ended by hand")
@ParameterizedClass(name = "{0}, {1}")
@CsvSource({"POSTGRES, JPA", "POSTGRES, JDBC", "SQLITE, JPA", "SQLITE, JDBC"})
class FollowedOrderTest {

    private static final Map<Engine, TwoDatabases> RUNNING = new HashMap<>();

    private final TwoDatabases two;
    private final Database database;
    private final PlatformTransactionManager manager;
    private int told = -1;

    FollowedOrderTest(Engine engine, ManagerKind kind) {
        two = RUNNING.computeIfAbsent(engine, TwoDatabases::new);
        database = two.databases().using("default");
        database.execute("DELETE FROM item");
        manager = two.manager(kind, "default");
    }

    @AfterAll
    static void stop() {
        RUNNING.values().forEach(TwoDatabases::close);
        RUNNING.clear();
    }

    @ParameterizedTest(name = "by a commit: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("before those inside, are refused and rolled back with them")
    void beforeThoseInside(boolean commits) {
        // On SQLite there is one writer at a time.
        TransactionStatus outer = begin(TransactionDefinition.PROPAGATION_REQUIRED, true);
        assertThat(database.query("SELECT id FROM item")).isEmpty();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                told = status;
            }
        });
        TransactionStatus middle = begin(TransactionDefinition.PROPAGATION_REQUIRES_NEW, true);
        assertThat(database.query("SELECT id FROM item")).isEmpty();
        TransactionStatus inner = begin(TransactionDefinition.PROPAGATION_REQUIRES_NEW, false);
        write(3);

        assertRefused(outer, commits);
        assertRefused(middle, commits);
        assertRefused(inner, commits);

        assertThat(told).isEqualTo(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertNothingIsLeft();
    }

    @ParameterizedTest(name = "by a commit: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("before one on another database inside, are refused and rolled back with it")
    void beforeOneElsewhere(boolean commits) {
        TransactionStatus outer = begin(TransactionDefinition.PROPAGATION_REQUIRED, false);
        write(1);
        TransactionStatus elsewhere = two.manager(ManagerKind.ATOMIC, "reports").getTransaction(null);

        assertRefused(outer, commits);

        assertThat(elsewhere.isCompleted()).isTrue();
        assertNothingIsLeft();
    }

    private void assertRefused(TransactionStatus status, boolean commits) {
        boolean isFirst = !status.isCompleted();
        AbstractThrowableAssert<?, ?> refused = assertThatThrownBy(() -> {
                    if (commits) {
                        manager.commit(status);
                    } else {
                        manager.rollback(status);
                    }
                })
                .isInstanceOf(IllegalTransactionStateException.class);
        if (isFirst) {
            refused.hasMessageContainingAll(
                    "'default'", "before one that was begun inside it", "End the innermost first");
        }
    }

    private TransactionStatus begin(int propagation, boolean readOnly) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition(propagation);
        definition.setReadOnly(readOnly);
        return manager.getTransaction(definition);
    }

    private void write(int id) {
        database.execute("INSERT INTO item VALUES (%s, 'ours')", id);
        new JdbcTemplate(database.dataSource()).update("INSERT INTO item VALUES (?, 'JdbcTemplate')", id + 100);
    }

    private void assertNothingIsLeft() {
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isFalse();
        assertThat(database.get().unfinished()).isEmpty();
        assertThat(database.counts().leased()).isZero();
        assertThat(database.query("SELECT id FROM item")).isEmpty();
    }
}
