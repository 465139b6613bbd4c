package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.error.OperationalException;
import dev.mooring.error.TransactionConflictException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.spi.TransactionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An error with which the database says that it rolled the transaction back, whatever the driver knows of the transaction. */
class AtomicRolledBackTest {

    private static final String DEADLOCK = "40P01";

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final DatabaseWrapper wrapper = setup.wrapper();

    @BeforeEach
    void saysThatItRolledBack() {
        database.rollsBackWith = DEADLOCK;
        database.fail("UPDATE a", error(DEADLOCK));
    }

    @AfterEach
    void everyLeaseWasGivenBack() {
        setup.closeAndVerify();
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionStatus.class,
            names = {"UNKNOWN", "OPEN"})
    @DisplayName("Nothing more runs in the block, which ends with an error though the first one was swallowed")
    void endsTheBlock(TransactionStatus status) {
        database.status = status;

        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(() -> wrapper.atomic(() -> {
                    swallow(() -> wrapper.execute("UPDATE a"));
                    assertThat(catchThrowable(() -> wrapper.execute("UPDATE b")))
                            .isInstanceOf(TransactionManagementException.class)
                            .hasMessageContaining("itself rolled the transaction back");
                }))
                .withCauseInstanceOf(TransactionConflictException.class);

        assertThat(database.drain()).containsExactly("BEGIN", "UPDATE a", "ROLLBACK");
        assertThat(database.aborted).hasValue(0);
    }

    @Test
    @DisplayName("The next block begins on the same connection")
    void keepsTheConnection() {
        swallow(() -> wrapper.atomic(() -> wrapper.execute("UPDATE a")));
        wrapper.atomic(() -> wrapper.execute("UPDATE b"));

        assertThat(database.drain()).containsExactly("BEGIN", "UPDATE a", "ROLLBACK", "BEGIN", "UPDATE b", "COMMIT");
        assertThat(database.opened).hasValue(1);
    }

    @Test
    @DisplayName("After a COMMIT that failed so, the connection is in autocommit mode")
    void endsWhatIsLeftAfterACommit() {
        database.fail("COMMIT", error(DEADLOCK));

        assertThatExceptionOfType(TransactionConflictException.class).isThrownBy(() -> wrapper.atomic(() -> {}));

        assertThat(database.drain()).containsExactly("BEGIN", "COMMIT", "ROLLBACK");
    }

    @Test
    @DisplayName("Outside a block there is nothing to roll back")
    void hasNothingToEndInAutocommitMode() {
        assertThatExceptionOfType(TransactionConflictException.class).isThrownBy(() -> wrapper.execute("UPDATE a"));
        wrapper.execute("UPDATE b");

        assertThat(database.drain()).containsExactly("UPDATE a", "UPDATE b");
    }

    @Test
    @DisplayName("A connection that cannot be rolled back is closed")
    void closesAConnectionThatCannotBeRolledBack() {
        database.fail("ROLLBACK", error("08006"));

        swallow(() -> wrapper.atomic(() -> wrapper.execute("UPDATE a")));

        assertThat(database.aborted).hasValue(1);
    }
}
