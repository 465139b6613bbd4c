package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import dev.mooring.config.IsolationLevel;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.TransactionConflictException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.spi.Feature;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is committed, what is undone, and what is refused. */
public abstract class TransactionContract extends Contract {

    private static final AtomicOptions READ_ONLY = AtomicOptions.defaults().readOnly();

    /** For subclasses. */
    protected TransactionContract() {}

    @BeforeEach
    final void createItem() {
        databases.execute("DROP TABLE IF EXISTS extra");
        databases.execute("DROP TABLE IF EXISTS item");
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY, price integer)");
    }

    @Test
    @DisplayName("TRA-01 A block that returns is committed, so that other connections see it")
    void commits() {
        databases.atomic(() -> insert(1));
        assertThat(seenByOthers()).containsExactly(1);

        databases.execute("UPDATE item SET price = 5");
        databases.atomic(() -> {});
        assertThat(seenByOthers()).containsExactly(1);
    }

    @Test
    @DisplayName("TRA-02 A block that throws leaves nothing, and its exception goes on")
    void rollsBack() {
        Stop stop = new Stop();

        assertThat(catchThrowable(() -> databases.atomic(() -> {
                    insert(1);
                    throw stop;
                })))
                .isSameAs(stop);

        assertThat(seenByOthers()).isEmpty();
        insert(2);
        assertThat(seenByOthers()).containsExactly(2);
    }

    @Test
    @DisplayName("TRA-03 What a block has done is seen by others at its end, and not before")
    void hidesWhatIsOpen() {
        databases.execute("INSERT INTO item VALUES (1, 0)");
        List<Integer> before = new ArrayList<>();

        databases.atomic(() -> {
            insert(2);
            before.addAll(seenByOthers());
        });

        assertThat(before).containsExactly(1);
        assertThat(seenByOthers()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("TRA-04 Outside atomic each statement is committed by itself")
    void commitsEachStatement() {
        insert(1);
        assertThat(seenByOthers()).containsExactly(1);
        swallow(() -> insert(1));
        insert(2);
        assertThat(seenByOthers()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("TRA-05 A nested block that throws is undone alone; without savepoints the outermost block has to roll"
            + " back")
    void undoesANestedBlock() {
        ThrowingCallable nested = () -> databases.atomic(() -> {
            insert(1);
            swallow(() -> databases.atomic(() -> {
                insert(2);
                throw new Stop();
            }));
            insert(3);
        });

        if (has(Feature.SAVEPOINTS)) {
            assertThat(catchThrowable(nested)).isNull();
            assertThat(seenByOthers()).containsExactly(1, 3);
        } else {
            assertThat(catchThrowable(nested)).isInstanceOf(TransactionManagementException.class);
            assertThat(seenByOthers()).isEmpty();
        }
    }

    @Test
    @DisplayName("TRA-06 A nested block that returns is kept with the block around it, and undone with it")
    void keepsANestedBlock() {
        databases.atomic(() -> {
            databases.atomic(() -> insert(1));
            databases.atomic(() -> databases.atomic(() -> insert(2)));
        });
        swallow(() -> databases.atomic(() -> {
            databases.atomic(() -> insert(3));
            throw new Stop();
        }));

        assertThat(seenByOthers()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("TRA-07 A statement that fails in a nested block costs neither the block around it nor the connection")
    void outlivesAFailedStatement() {
        long opened = databases.using("default").counts().opened();
        ThrowingCallable nested = () -> databases.atomic(() -> {
            insert(1);
            swallow(() -> databases.atomic(() -> insert(1)));
            insert(2);
        });

        if (has(Feature.SAVEPOINTS)) {
            assertThat(catchThrowable(nested)).isNull();
            assertThat(seenByOthers()).containsExactly(1, 2);
        } else {
            assertThat(catchThrowable(nested)).isInstanceOf(TransactionManagementException.class);
            assertThat(seenByOthers()).isEmpty();
        }
        assertThat(databases.using("default").counts().opened()).isEqualTo(opened);
    }

    @Test
    @DisplayName(
            "TRA-08 A change of the schema is undone with its block, or is refused in it before anything is committed")
    void undoesOrRefusesChangesOfTheSchema() {
        ThrowingCallable changing = () -> databases.atomic(() -> {
            insert(1);
            databases.execute("CREATE TABLE extra (id integer)");
            throw new Stop();
        });

        assertThat(catchThrowable(changing))
                .isInstanceOf(has(Feature.TRANSACTIONAL_DDL) ? Stop.class : TransactionManagementException.class);
        assertThat(seenByOthers()).isEmpty();
        assertThat(databases.using("default").introspection().tableNames()).doesNotContain("extra");
    }

    @Test
    @DisplayName("TRA-09 A block has the isolation level that it asks for, or is refused before it has done anything")
    void hasItsLevelOrIsRefused() {
        for (IsolationLevel level : IsolationLevel.values()) {
            databases.execute("DELETE FROM item");
            List<String> ran = new ArrayList<>();
            Throwable refused = catchThrowable(
                    () -> databases.atomic(AtomicOptions.defaults().isolation(level), () -> {
                        ran.add("body");
                        insert(1);
                    }));
            if (refused != null) {
                assertThat(refused).isInstanceOf(DatabaseException.class).hasMessageContaining("'default'");
                assertThat(ran).isEmpty();
                assertThat(seenByOthers()).isEmpty();
            } else {
                assertThat(seenByOthers()).containsExactly(1);
            }
        }
        databases.atomic(() -> insert(2));
        assertThat(seenByOthers()).contains(2);
    }

    @Test
    @DisplayName("TRA-10 A block for try-with-resources is committed by commit() alone")
    void takesBlocksForTryWithResources() {
        try (AtomicBlock block = databases.get().beginAtomic()) {
            insert(1);
            block.commit();
        }
        try (AtomicBlock lost = databases.get().beginAtomic()) {
            assertThat(lost).isNotNull();
            insert(2);
        }

        assertThat(items()).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("TRA-11 A transaction by hand that is open when the unit of work ends is rolled back")
    void rollsBackWhatIsOpenWhenTheUnitOfWorkEnds(LeaseScope scope) {
        try (Databases scoped = open(settings().leaseScope(scope).build())) {
            try (UnitOfWork unit = scoped.unitOfWork()) {
                assertThat(unit).isNotNull();
                scoped.get().transaction().setAutocommit(false);
                scoped.execute("INSERT INTO item VALUES (1, 0)");
                scoped.get().transaction().commit();
                scoped.execute("INSERT INTO item VALUES (2, 0)");
            }
            assertThat(scoped.get().transaction().getAutocommit()).isTrue();
            scoped.execute("INSERT INTO item VALUES (3, 0)");
        }

        assertThat(items()).containsExactly(1, 3);
    }

    @Test
    @DisplayName("TRA-12 A block that lost to another transaction is run again if it asked for that")
    void runsABlockAgainThatLostToAnother() {
        insert(1);
        List<Integer> seen = new ArrayList<>();
        List<String> ran = new ArrayList<>();

        databases.atomic(AtomicOptions.defaults().retrying(3), () -> {
            backend().conflicting().forEach(databases::execute);
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
    @DisplayName("TRA-13 A block that lost to another transaction fails with a TransactionConflictException")
    void saysThatABlockLostToAnother() {
        insert(1);

        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> databases.atomic(() -> {
                    backend().conflicting().forEach(databases::execute);
                    assertThat(databases.query("SELECT price FROM item")).hasSize(1);
                    getInTheWay();
                    databases.execute("UPDATE item SET price = 10");
                }));

        assertThat(databases.query("SELECT price FROM item").get(0).getInt("price"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("TRA-14 A write in a read-only block is refused, and costs no connection")
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
    @DisplayName("TRA-15 Whether a nested block may write is decided by the outermost block")
    void takesTheOutermostBlockForWhetherItMayBeWritten() {
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases.atomic(READ_ONLY, () -> databases.atomic(() -> insert(1))))
                .withMessageContaining("read-only");
        databases.atomic(() -> databases.atomic(READ_ONLY, () -> insert(2)));

        assertThat(items()).containsExactly(2);
    }

    @Test
    @DisplayName("TRA-16 Commit hooks run once what was done is committed, and never after a rollback")
    void runsHooksAfterTheCommit() {
        List<Integer> seen = new ArrayList<>();

        databases.atomic(() -> {
            databases.onCommit(() -> seen.addAll(seenByOthers()));
            insert(1);
        });
        swallow(() -> databases.atomic(() -> {
            databases.onCommit(() -> seen.add(99));
            throw new Stop();
        }));

        assertThat(seen).containsExactly(1);
    }

    private void getInTheWay() {
        try (Connection other = plain();
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE item SET price = price + 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean has(Feature feature) {
        return databases.using("default").backend().features().has(feature);
    }

    /** {@return a connection past Mooring} */
    protected final Connection plain() throws SQLException {
        return backend().plain(settings().build());
    }

    private List<Integer> seenByOthers() {
        try (Connection other = plain();
                Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM item ORDER BY id")) {
            List<Integer> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Inserts a row of the table {@code item}. */
    protected final void insert(int id) {
        databases.execute("INSERT INTO item VALUES (%s, 0)", id);
    }

    /** {@return the ids of the table {@code item}} */
    protected final List<Integer> items() {
        return databases.query(Integer.class, "SELECT id FROM item ORDER BY id");
    }

    /** Runs what may fail. */
    protected static void swallow(ThrowingCallable failing) {
        Throwable unused = catchThrowable(failing);
    }

    /** What a program may throw. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
