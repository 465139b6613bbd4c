package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.spi.TransactionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A driver that fails to close a connection: what was open in it keeps no locks, and it is not forgotten. */
@Tag("wrong-answers")
class UnclosableConnectionTest {

    private final FakeSetup setup = new FakeSetup().with(settings -> settings.maxConnections(1));
    private final FakeDatabase database = setup.database;

    @AfterEach
    void end() {
        database.unclosable = false;
        setup.close();
    }

    @Test
    @DisplayName("A connection that the driver refuses to close is rolled back first, and counted")
    void isRolledBackAndCounted() {
        loseAConnectionInAtomic();

        assertThat(database.drain()).endsWith("ROLLBACK");
        assertThat(setup.counts().unclosed()).isEqualTo(1);
        assertThat(setup.counts().open()).isZero();
    }

    @Test
    @DisplayName("A connection that cannot be closed does not keep its place in the pool")
    void leavesItsPlaceToOthers() {
        loseAConnectionInAtomic();
        database.unclosable = false;

        assertThat(setup.wrapper().query("SELECT 1")).hasSize(1);
        assertThat(setup.counts().open()).isEqualTo(1);
    }

    @Test
    @DisplayName("A rollback that fails too leaves the count right")
    void isCountedThoughTheRollbackFails() {
        database.fail("ROLLBACK", FakeDatabase.error("08006"));

        loseAConnectionInAtomic();

        assertThat(setup.counts().unclosed()).isEqualTo(1);
        assertThat(setup.counts().open()).isZero();
    }

    private void loseAConnectionInAtomic() {
        database.status = TransactionStatus.OPEN;
        database.unclosable = true;
        database.fail("SELECT 7", FakeDatabase.error("08006"));
        Throwable lost = catchThrowable(
                () -> setup.wrapper().atomic(() -> setup.wrapper().query("SELECT 7")));
        assertThat(lost).isNotNull();
    }
}
