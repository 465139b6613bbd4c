package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.IsolationLevel;
import dev.mooring.error.TransactionManagementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Atomic blocks at an isolation level of their own, on a real database. */
abstract class IsolationContract {

    static final AtomicOptions SERIALIZABLE = AtomicOptions.defaults().isolation(IsolationLevel.SERIALIZABLE);
    static final AtomicOptions REPEATABLE = AtomicOptions.defaults().isolation(IsolationLevel.REPEATABLE_READ);

    Databases databases;

    abstract DatabaseSettingsBuilder settings();

    /** {@return what the database itself says about the level of the open transaction when it was begun at {@code level}} */
    abstract String level(IsolationLevel level);

    @BeforeEach
    void open() {
        databases = Databases.of(settings().build());
        databases.execute("DROP TABLE IF EXISTS stock");
        databases.execute("CREATE TABLE stock (id integer PRIMARY KEY, amount integer)");
        databases.execute("INSERT INTO stock VALUES (1, 10)");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A block has the level that it asks for, and the next block that of the connection again")
    void hasItsLevel(IsolationLevel level) {
        String usual = databases.atomic(this::current);

        assertThat(databases.atomic(AtomicOptions.defaults().isolation(level), this::current))
                .isEqualTo(level(level));
        assertThat(databases.atomic(AtomicOptions.defaults().isolation(level).readOnly(), this::current))
                .isEqualTo(level(level));
        assertThat(databases.atomic(this::current)).isEqualTo(usual);
    }

    abstract String current();

    @Test
    @DisplayName("A block inside another may ask for its level or a weaker one, and for no stricter one")
    void refusesAStricterLevelInside() {
        databases.atomic(SERIALIZABLE, () -> {
            databases.atomic(REPEATABLE, () -> databases.execute("UPDATE stock SET amount = 11"));
            databases.atomic(() -> databases.execute("UPDATE stock SET amount = amount + 1"));
        });

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(REPEATABLE, () -> databases.atomic(SERIALIZABLE, () -> 1)))
                .withMessage(
                        "An atomic block at isolation level SERIALIZABLE on database 'default' cannot be nested within"
                                + " a transaction that was begun at REPEATABLE_READ: give the outermost block that level, or begin"
                                + " this one outside");
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(() -> databases.atomic(REPEATABLE, () -> 1)))
                .withMessageContaining("that was begun without one");
        assertThat(databases.query(Integer.class, "SELECT amount FROM stock").one())
                .isEqualTo(12);
    }

    @Test
    @DisplayName("A transaction by hand was begun without a level, which a block inside it cannot change")
    void refusesALevelInATransactionByHand() {
        databases.get().transaction().setAutocommit(false);
        try {
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> databases.atomic(SERIALIZABLE, () -> 1));
        } finally {
            databases.get().transaction().rollback();
            databases.get().transaction().setAutocommit(true);
        }
    }

    @Test
    @DisplayName("A block that is rolled back after a test does not keep the blocks in it from having a level")
    void toleratesTheBlockAroundATest() {
        int amount = databases.atomic(
                AtomicOptions.defaults().aroundTest(),
                () -> databases.atomic(
                        SERIALIZABLE,
                        () -> databases
                                .query(Integer.class, "SELECT amount FROM stock")
                                .one()));

        assertThat(amount).isEqualTo(10);
    }

    @Test
    @DisplayName("Blocks in a block for a test find the level of the outermost of them, as they would without it")
    void nestsLevelsInsideTheBlockAroundATest() {
        AtomicOptions aroundTest = AtomicOptions.defaults().aroundTest();

        assertThat(databases.<Integer, RuntimeException>atomic(
                        aroundTest,
                        () -> databases.atomic(SERIALIZABLE, () -> databases.atomic(REPEATABLE, this::changed))))
                .isEqualTo(1);
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(
                        aroundTest, () -> databases.atomic(REPEATABLE, () -> databases.atomic(SERIALIZABLE, () -> 1))))
                .withMessageContaining("that was begun at REPEATABLE_READ");
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(
                        aroundTest, () -> databases.atomic(() -> databases.atomic(REPEATABLE, () -> 1))))
                .withMessageContaining("that was begun without one");
    }

    @Test
    @DisplayName("A block with a level inside an open stream is told to close the stream")
    void namesTheStreamThatIsOpen() {
        try (Stream<Row> rows = databases.stream("SELECT * FROM stock UNION ALL SELECT * FROM stock")) {
            assertThat(rows.iterator().next().getInt("id")).isEqualTo(1);
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> databases.atomic(SERIALIZABLE, () -> 1))
                    .withMessage(
                            "An atomic block at isolation level SERIALIZABLE on database 'default' cannot be nested"
                                    + " within an open stream, which is a transaction of its own outside atomic: read it to its end"
                                    + " or close it before");
        }
    }

    private int changed() {
        return databases.execute("UPDATE stock SET amount = amount + 1");
    }

    @Test
    @DisplayName("A block for try-with-resources has its level too")
    void beginsABlockAtALevel() {
        try (AtomicBlock block =
                databases.get().beginAtomic(AtomicOptions.defaults().isolation(IsolationLevel.SERIALIZABLE))) {
            assertThat(current()).isEqualTo(level(IsolationLevel.SERIALIZABLE));
            block.commit();
        }
    }
}
