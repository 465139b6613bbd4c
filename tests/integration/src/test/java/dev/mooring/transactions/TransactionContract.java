package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
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

/** What transactions do on a real database, beyond Django's own tests of them. */
abstract class TransactionContract {

    private static final AtomicOptions READ_ONLY = AtomicOptions.defaults().readOnly();

    private Databases databases;

    abstract DatabaseSettingsBuilder settings();

    /** {@return a connection past the layer} */
    abstract Connection plain() throws SQLException;

    /** Makes the present transaction one that others' commits get in the way of. */
    abstract void becomeSensitive(Databases databases);

    @BeforeEach
    void open() {
        databases = Databases.of(settings().build());
        databases.execute("DROP TABLE IF EXISTS item");
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY, price integer)");
    }

    @AfterEach
    void close() {
        try {
            assertThat(databases.using(DatabaseSettings.DEFAULT_ALIAS).counts().leased())
                    .isZero();
        } finally {
            databases.close();
        }
    }

    @Test
    void takesBlocksForTryWithResources() {
        try (AtomicBlock block = databases.get().beginAtomic()) {
            insert(1);
            try (AtomicBlock lost = databases.get().beginAtomic()) {
                assertThat(lost).isNotNull();
                insert(2);
            }
            block.commit();
        }

        assertThat(items()).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void rollsBackWhatIsOpenWhenTheUnitOfWorkEnds(LeaseScope scope) {
        try (Databases scoped = Databases.of(settings().leaseScope(scope).build())) {
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
    void runsABlockAgainThatLostToAnother() {
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

    List<Integer> items() {
        return databases.query("SELECT id FROM item ORDER BY id").stream()
                .map(row -> row.getInt("id"))
                .toList();
    }

    static void swallow(ThrowingCallable failing) {
        Throwable unused = Assertions.catchThrowable(failing);
    }
}
