package dev.mooring.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.Suspension;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.InterfaceException;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.NotSupportedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A transaction that is suspended")
class SuspendTest extends EngineTest {

    private Database database;
    private final List<String> hooks = new ArrayList<>();

    @BeforeEach
    void database() {
        database = databases.using("default");
    }

    @Test
    @DisplayName("is not that of the calls made meanwhile, which are committed without it, hooks included")
    void isNotThatOfCallsMeanwhile() {
        AtomicBlock outer = database.beginAtomic(AtomicOptions.defaults().readOnly());
        database.onCommit(() -> hooks.add("outer"));
        try (Suspension suspended = database.suspend()) {
            assertThat(database.get().inAtomicBlock()).isFalse();
            database.atomic(() -> {
                insert(1);
                database.onCommit(() -> hooks.add("inner"));
            });
            assertThat(hooks).containsExactly("inner");
        }
        assertThat(database.get().inAtomicBlock()).isTrue();
        outer.close();

        assertThat(hooks).containsExactly("inner");
        assertThat(ids()).containsExactly(1);
    }

    @Test
    @DisplayName("is not that of connections from the DataSource taken meanwhile")
    void isNotThatOfConnectionsMeanwhile() throws SQLException {
        database.atomic(AtomicOptions.defaults().readOnly(), () -> {
            try (Suspension suspended = database.suspend();
                    Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.executeUpdate("INSERT INTO item VALUES (1, 'JDBC')");
                insert(2);
                connection.commit();
                statement.executeUpdate("INSERT INTO item VALUES (3, 'JDBC')");
                connection.rollback();
            }
        });

        assertThat(ids()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("goes on when it is resumed, and neither sees the other's uncommitted rows on PostgreSQL")
    void goesOn() {
        Assumptions.assumeTrue(engine == Engine.POSTGRES);
        database.atomic(() -> {
            insert(1);
            try (Suspension suspended = database.suspend()) {
                assertThat(ids()).isEmpty();
                insert(2);
                try (Suspension twice = database.suspend()) {
                    insert(3);
                }
            }
            insert(4);
            assertThat(ids()).containsExactly(1, 2, 3, 4);
        });

        assertThat(ids()).containsExactly(1, 2, 3, 4);
    }

    @Test
    @DisplayName("keeps the write lock of SQLite, and who waits for that meanwhile is told at once")
    void keepsTheWriteLock() {
        Assumptions.assumeTrue(engine == Engine.SQLITE);
        database.atomic(() -> {
            try (Suspension suspended = database.suspend()) {
                assertThatThrownBy(() -> insert(1))
                        .isInstanceOf(LeaseTimeoutException.class)
                        .hasMessageContaining("could never end");
            }
        });

        assertThat(ids()).isEmpty();
    }

    @Test
    @DisplayName("is resumed with what was left open meanwhile rolled back")
    void endsWhatWasLeftOpen() {
        database.atomic(AtomicOptions.defaults().readOnly(), () -> {
            try (Suspension suspended = database.suspend()) {
                AtomicBlock unused = database.beginAtomic();
                insert(1);
            }
        });

        assertThat(ids()).isEmpty();
        assertThat(database.counts().leased()).isZero();
    }

    @Test
    @DisplayName("is resumed by the end of the unit of work, if nobody else did")
    void isResumedByTheEndOfTheUnit() {
        try (UnitOfWork unit = databases.unitOfWork()) {
            AtomicBlock unused = database.beginAtomic(AtomicOptions.defaults().readOnly());
            Suspension unusedSuspension = database.suspend();
            AtomicBlock unusedInner = database.beginAtomic();
            insert(1);
        }

        assertThat(ids()).isEmpty();
        assertThat(database.get().unfinished()).isEmpty();
        assertThat(database.counts().leased()).isZero();
    }

    @Test
    @DisplayName("is left alone by a unit of work that begins and ends meanwhile")
    void isLeftAloneByAUnitMeanwhile() {
        try (UnitOfWork around = databases.unitOfWork();
                AtomicBlock outer =
                        database.beginAtomic(AtomicOptions.defaults().readOnly())) {
            try (Suspension suspended = database.suspend();
                    AtomicBlock inner = database.beginAtomic()) {
                databases.inUnitOfWork(() -> insert(1)).run();
                databases.closeOldConnections();
                inner.commit();
            }
            assertThat(ids()).containsExactly(1);
            outer.commit();
        }
    }

    @Test
    @DisplayName("in no unit of work is left alone by one that begins and ends meanwhile")
    void inNoUnitIsLeftAloneByAUnitMeanwhile() {
        database.atomic(AtomicOptions.defaults().readOnly(), () -> {
            try (Suspension suspended = database.suspend()) {
                databases.inUnitOfWork(() -> insert(1)).run();
                insert(2);
            }
        });

        assertThat(ids()).containsExactly(1, 2);
        assertThat(database.counts().leased()).isZero();
    }

    @Test
    @DisplayName("is resumed on its own thread alone, and once")
    void isResumedOnItsThread() {
        database.atomic(AtomicOptions.defaults().readOnly(), () -> {
            Suspension suspended = database.suspend();
            assertThatThrownBy(
                            () -> CompletableFuture.runAsync(suspended::close).join())
                    .hasCauseInstanceOf(InterfaceException.class);
            assertThat(database.get().inAtomicBlock()).isFalse();
            suspended.close();
            suspended.close();
            assertThat(database.get().inAtomicBlock()).isTrue();
        });
    }

    @Test
    @DisplayName("on a condition is current again whenever that is false, however deep")
    void onACondition() {
        AtomicBoolean first = new AtomicBoolean();
        AtomicBoolean second = new AtomicBoolean();
        AtomicBlock outer = database.beginAtomic(AtomicOptions.defaults().readOnly());
        try (Suspension suspended = database.suspendWhile(first::get)) {
            assertThat(database.inAtomicBlock()).isTrue();
            first.set(true);
            assertThat(database.inAtomicBlock()).isFalse();
            insert(1);
            AtomicBlock inner = database.beginAtomic();
            try (Suspension twice = database.suspendWhile(second::get)) {
                insert(2);
                second.set(true);
                assertThat(database.inAtomicBlock()).isFalse();
                second.set(false);
                assertThat(database.inAtomicBlock()).isTrue();
            }
            inner.close();
            first.set(false);
            assertThat(database.inAtomicBlock()).isTrue();
        }
        first.set(true);
        assertThat(database.inAtomicBlock()).isTrue();
        outer.close();

        assertThat(ids()).containsExactly(1);
        assertThat(database.counts().leased()).isZero();
    }

    @Test
    @DisplayName("on a condition leaves a database in memory as it is until the condition is true")
    void onAConditionInMemory() {
        AtomicBoolean condition = new AtomicBoolean();
        try (Databases memory = Databases.of(DatabaseSettings.fromUrl("sqlite://:memory:"))) {
            Database other = memory.using("default");
            memory.atomic(() -> {
                other.execute("CREATE TABLE item (id integer)");
                try (Suspension suspended = other.suspendWhile(condition::get)) {
                    other.execute("INSERT INTO item VALUES (1)");
                    condition.set(true);
                    assertThatThrownBy(() -> other.query("SELECT id FROM item"))
                            .isInstanceOf(NotSupportedException.class)
                            .hasMessageContainingAll("'default'", "in memory");
                }
            });
            assertThat(other.query(Integer.class, "SELECT id FROM item")).containsExactly(1);
        }
    }

    @ParameterizedTest
    @EnumSource(LeaseScope.class)
    @DisplayName("leaves no connection leased that was used meanwhile, whatever the lease scope")
    void leavesNothingLeased(LeaseScope scope) {
        DatabaseSettings settings =
                engine.settings(directory).toBuilder().leaseScope(scope).build();
        try (Databases others = Databases.of(settings);
                UnitOfWork unit = others.unitOfWork()) {
            Database other = others.using("default");
            other.atomic(AtomicOptions.defaults().readOnly(), () -> {
                try (Suspension suspended = other.suspend()) {
                    other.query("SELECT 1");
                    other.get().pin();
                }
                assertThat(other.counts().leased()).isEqualTo(1);
            });
        }
    }

    @Test
    @DisplayName("is refused in memory, where there is no second connection")
    void isRefusedInMemory() {
        try (Databases memory = Databases.of(DatabaseSettings.fromUrl("sqlite://:memory:"))) {
            memory.atomic(() -> {
                assertThatThrownBy(() -> memory.using("default").suspend())
                        .isInstanceOf(NotSupportedException.class)
                        .hasMessageContaining("in memory");
            });
        }
    }

    private void insert(int id) {
        database.execute("INSERT INTO item VALUES (%s, 'ours')", id);
    }

    private List<Integer> ids() {
        return database.query(Integer.class, "SELECT id FROM item ORDER BY id");
    }
}
