package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.Databases;
import dev.mooring.Transaction;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.TransactionConflictException;
import dev.mooring.error.TransactionManagementException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Django's tests of its transactions, by their numbers in the parity list, on a real database. */
abstract class TransactionContract {

    private static final AtomicOptions MERGED = AtomicOptions.defaults().withoutSavepoint();

    private static final AtomicOptions READ_ONLY = AtomicOptions.defaults().readOnly();

    private Databases databases;

    abstract DatabaseSettingsBuilder settings();

    /** {@return a connection past the layer} */
    abstract Connection plain() throws SQLException;

    /** Makes the present transaction one that others' commits get in the way of. */
    abstract void becomeSensitive(Databases databases);

    /** What a transaction is in which Django runs these tests. */
    enum Mode {
        AUTOCOMMIT,
        IN_ATOMIC,
        BY_HAND;

        void run(Databases databases, Runnable work) {
            switch (this) {
                case AUTOCOMMIT -> work.run();
                case IN_ATOMIC -> databases.atomic(work::run);
                case BY_HAND -> {
                    Transaction transaction = databases.transaction();
                    transaction.setAutocommit(false);
                    work.run();
                    transaction.commit();
                    transaction.setAutocommit(true);
                }
            }
        }
    }

    @BeforeEach
    void open() {
        databases = Databases.of(settings().build());
        databases.execute("DROP TABLE IF EXISTS item");
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY, price integer)");
    }

    @AfterEach
    void close() {
        assertThat(databases.using(DatabaseSettings.DEFAULT_ALIAS).counts().leased())
                .isZero();
        databases.close();
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatWasCommittedAndNothingElse(Mode mode) { // TX-05 to 10
        mode.run(databases, () -> {
            databases.atomic(() -> insert(1));
            swallow(() -> databases.atomic(() -> insertAndFail(2)));
            databases.atomic(() -> {
                insert(3);
                databases.atomic(() -> insert(4));
                swallow(() -> databases.atomic(() -> insertAndFail(5)));
            });
            swallow(() -> databases.atomic(() -> {
                databases.atomic(() -> insert(6));
                swallow(() -> databases.atomic(() -> insertAndFail(7)));
                insertAndFail(8);
            }));
        });

        assertThat(items()).containsExactly(1, 3, 4);
    }

    @ParameterizedTest
    @EnumSource
    void mergesBlocksWithoutASavepoint(Mode mode) { // TX-11 to 14, 22, 23
        mode.run(databases, () -> {
            databases.atomic(() -> {
                insert(1);
                databases.atomic(MERGED, () -> insert(2));
            });
            databases.atomic(() -> {
                insert(3);
                swallow(() -> databases.atomic(MERGED, () -> databases.atomic(MERGED, () -> insertAndFail(4))));
            });
            databases.atomic(() -> {
                insert(5);
                databases.atomic(() -> swallow(() -> databases.atomic(MERGED, () -> insertAndFail(6))));
            });
        });

        assertThat(items()).containsExactly(1, 2, 5);
    }

    @ParameterizedTest
    @EnumSource
    void rollsBackOnDemandOrIsKeptFromIt(Mode mode) { // TX-19, 20
        mode.run(databases, () -> {
            Transaction transaction = databases.transaction();
            databases.atomic(() -> {
                insert(1);
                transaction.setRollback(true);
            });
            databases.atomic(() -> {
                insert(2);
                String savepoint = transaction.savepoint();
                swallow(() -> databases.atomic(MERGED, () -> {
                    insert(3);
                    insert(2);
                }));
                transaction.setRollback(false);
                transaction.savepointRollback(savepoint);
                insert(4);
            });
        });

        assertThat(items()).containsExactly(2, 4);
    }

    @ParameterizedTest
    @EnumSource
    void takesBlocksForTryWithResources(Mode mode) {
        mode.run(databases, () -> {
            try (AtomicBlock block = databases.beginAtomic()) {
                insert(1);
                try (AtomicBlock lost = databases.beginAtomic()) {
                    assertThat(lost).isNotNull();
                    insert(2);
                }
                block.commit();
            }
        });

        assertThat(items()).containsExactly(1);
    }

    @Test
    void refusesWritesAfterAMarkedErrorAndSaysWhichOne() { // TX-26, TX-32
        databases.atomic(() -> {
            insert(1);
            swallow(() -> databases.transaction().markForRollbackOnError(() -> insert(1)));
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> insert(2))
                    .withCauseInstanceOf(IntegrityException.class);
        });

        assertThat(items()).isEmpty();
    }

    @Test
    void losesItsConnectionInsideABlockAndWorksAfterwards() { // TX-28
        databases.atomic(() -> {
            insert(1);
            databases.get().close();
            assertThatThrownBy(() -> insert(2)).isInstanceOf(DatabaseException.class);
        });
        insert(3);

        assertThat(items()).containsExactly(3);
    }

    @Test
    void leavesNoSavepointBehind() { // TX-31
        assertThatThrownBy(() -> databases.atomic(() -> {
                    String inner = "s" + Thread.currentThread().getId() + "_x1";
                    swallow(() -> databases.atomic(() -> insertAndFail(1)));
                    databases.transaction().savepointRollback(inner);
                }))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("roll back to a savepoint");
    }

    @Test
    void goesOnByHandAfterARollback() { // TX-34, TX-35
        Transaction transaction = databases.transaction();
        transaction.setAutocommit(false);
        insert(1);
        swallow(() -> insert(1));
        transaction.rollback();
        insert(2);
        assertThat(items()).containsExactly(2);
        transaction.commit();
        transaction.setAutocommit(true);

        assertThat(items()).containsExactly(2);
    }

    @ParameterizedTest
    @EnumSource
    void rollsBackWhatIsOpenWhenTheUnitOfWorkEnds(LeaseScope scope) {
        try (Databases scoped = Databases.of(settings().leaseScope(scope).build())) {
            try (UnitOfWork unit = scoped.unitOfWork()) {
                assertThat(unit).isNotNull();
                scoped.transaction().setAutocommit(false);
                scoped.execute("INSERT INTO item VALUES (1, 0)");
                scoped.transaction().commit();
                scoped.execute("INSERT INTO item VALUES (2, 0)");
            }
            assertThat(scoped.transaction().getAutocommit()).isTrue();
            scoped.execute("INSERT INTO item VALUES (3, 0)");
        }

        assertThat(items()).containsExactly(1, 3);
    }

    @Test
    void runsABlockAgainThatLostToAnother() { // C41, L2
        insert(1);
        List<Integer> seen = new ArrayList<>();
        List<String> ran = new ArrayList<>();

        databases.atomic(AtomicOptions.defaults().retrying(3), () -> {
            becomeSensitive(databases);
            databases.onCommit(() -> ran.add("hook"));
            int price = databases.query("SELECT price FROM item").get(0).getInt("price");
            seen.add(price);
            if (seen.size() == 1) {
                getInTheWay();
            }
            databases.execute("UPDATE item SET price = %s", price + 10);
        });

        assertThat(seen).containsExactly(0, 1);
        assertThat(ran).containsExactly("hook");
        assertThat(databases.query("SELECT price FROM item").get(0).getInt("price"))
                .isEqualTo(11);
    }

    @Test
    void saysThatABlockLostToAnother() {
        insert(1);

        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> databases.atomic(() -> {
                    becomeSensitive(databases);
                    assertThat(databases.query("SELECT price FROM item")).hasSize(1);
                    getInTheWay();
                    databases.execute("UPDATE item SET price = 10");
                }));

        assertThat(databases.query("SELECT price FROM item").get(0).getInt("price"))
                .isEqualTo(1);
    }

    @Test
    void refusesToWriteInAReadOnlyBlock() {
        insert(1);
        long opened = databases.using("default").counts().opened();

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(READ_ONLY, () -> {
                    assertThat(items()).containsExactly(1);
                    insert(2);
                }))
                .withMessageContaining("INSERT INTO item")
                .withMessageContaining("'default'")
                .withMessageContaining("read-only")
                .withCauseInstanceOf(SQLException.class);

        insert(3);
        databases.atomic(READ_ONLY, () -> assertThat(items()).containsExactly(1, 3));
        databases.atomic(() -> insert(4));
        assertThat(items()).containsExactly(1, 3, 4);
        assertThat(databases.using("default").counts().opened()).isEqualTo(opened);
    }

    @Test
    void takesTheOutermostBlockForWhetherItMayBeWritten() {
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(READ_ONLY, () -> databases.atomic(() -> insert(1))))
                .withMessageContaining("read-only");
        databases.atomic(() -> databases.atomic(READ_ONLY, () -> insert(2)));

        assertThat(items()).containsExactly(2);
    }

    private void getInTheWay() {
        try (Connection other = plain();
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE item SET price = price + 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Databases databases() {
        return databases;
    }

    void insert(int id) {
        databases.execute("INSERT INTO item VALUES (%s, 0)", id);
    }

    private void insertAndFail(int id) {
        insert(id);
        throw new IllegalStateException("the block failed");
    }

    List<Integer> items() {
        return databases.query("SELECT id FROM item ORDER BY id").stream()
                .map(row -> row.getInt("id"))
                .toList();
    }

    static void swallow(ThrowingCallable failing) {
        Throwable unused = Assertions.catchThrowable(failing);
    }
}
