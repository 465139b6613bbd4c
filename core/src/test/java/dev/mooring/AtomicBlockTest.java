package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.InterfaceException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.TransactionManagementException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AtomicBlockTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final DatabaseWrapper wrapper = setup.wrapper();
    private final String savepoint = "s" + Thread.currentThread().getId() + "_x";
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void everyLeaseWasGivenBack() {
        assertThat(wrapper.inAtomicBlock()).isFalse();
        setup.closeAndVerify();
    }

    @Test
    void commitsAndThenRunsTheHooks() {
        try (AtomicBlock block = setup.databases().get().beginAtomic()) {
            wrapper.execute("DO");
            wrapper.onCommit(() -> ran.add("hook"));
            block.commit();
            assertThat(ran).containsExactly("hook");
            wrapper.execute("AFTER");
        }

        assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT", "AFTER");
    }

    @Test
    void rollsBackWithoutACommit() {
        try (AtomicBlock block = wrapper.beginAtomic()) {
            assertThat(block).isNotNull();
            wrapper.execute("DO");
            wrapper.onCommit(() -> ran.add("hook"));
        }

        assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK");
        assertThat(ran).isEmpty();
    }

    @Test
    void nestsUnderSavepoints() {
        try (AtomicBlock outer = wrapper.beginAtomic()) {
            try (AtomicBlock lost = wrapper.beginAtomic()) {
                assertThat(lost).isNotNull();
            }
            try (AtomicBlock kept = wrapper.beginAtomic()) {
                kept.commit();
            }
            wrapper.atomic(() -> {});
            outer.commit();
        }

        assertThat(database.drain())
                .containsExactly(
                        "BEGIN",
                        "SAVEPOINT " + savepoint + 1,
                        "ROLLBACK TO SAVEPOINT " + savepoint + 1,
                        "RELEASE SAVEPOINT " + savepoint + 1,
                        "SAVEPOINT " + savepoint + 2,
                        "RELEASE SAVEPOINT " + savepoint + 2,
                        "SAVEPOINT " + savepoint + 3,
                        "RELEASE SAVEPOINT " + savepoint + 3,
                        "COMMIT");
    }

    @Test
    void refusesToEndBeforeABlockInsideItAndRollsBothBack() {
        AtomicBlock outer = wrapper.beginAtomic();
        AtomicBlock inner = wrapper.beginAtomic();

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(outer::commit)
                .withMessageContaining("ended before a block inside it");

        assertThat(wrapper.inAtomicBlock()).isFalse();
        assertThat(database.drain()).endsWith("ROLLBACK");
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(inner::commit)
                .withMessageContaining("has ended already");
        AtomicBlock next = wrapper.beginAtomic();
        inner.close();
        outer.close();
        next.commit();
        assertThat(database.drain()).containsExactly("BEGIN", "COMMIT");
    }

    @Test
    void refusesToBeClosedBeforeABlockInsideItToo() {
        AtomicBlock outer = wrapper.beginAtomic();
        wrapper.beginAtomic();

        assertThatExceptionOfType(TransactionManagementException.class).isThrownBy(outer::close);

        assertThat(database.drain()).endsWith("ROLLBACK");
    }

    @Test
    void leftOpenInALambdaFailsIt() {
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> wrapper.atomic(() -> wrapper.beginAtomic()))
                .withMessageContaining("ended before a block inside it");

        assertThat(database.drain()).endsWith("ROLLBACK");
    }

    @Test
    void leftOpenInALambdaThatFailsGoesWithIt() {
        assertThatThrownBy(() -> wrapper.atomic(() -> {
                    wrapper.beginAtomic();
                    throw new IllegalStateException("lambda");
                }))
                .hasMessage("lambda")
                .hasNoSuppressedExceptions();

        assertThat(database.drain()).endsWith("ROLLBACK");
    }

    @Test
    void hasItsRollbackErrorSuppressedInWhatEndedIt() {
        database.fail("ROLLBACK", error("08006"));

        assertThatThrownBy(() -> {
                    try (AtomicBlock block = wrapper.beginAtomic()) {
                        assertThat(block).isNotNull();
                        throw new IllegalStateException("body");
                    }
                })
                .hasMessage("body")
                .satisfies(e -> assertThat(e.getSuppressed()[0]).isInstanceOf(OperationalException.class));

        assertThat(database.aborted).hasValue(1);
    }

    @Test
    void hasEndedAfterACommitThatFailed() {
        database.fail("COMMIT", error("08006"));

        assertThatExceptionOfType(CommitOutcomeUnknownException.class)
                .isThrownBy(() -> {
                    try (AtomicBlock block = wrapper.beginAtomic()) {
                        block.commit();
                    }
                })
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
    }

    @Test
    void isRolledBackWithItsUnitOfWork() {
        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            assertThat(unit).isNotNull();
            wrapper.beginAtomic();
            wrapper.beginAtomic();
            wrapper.onCommit(() -> ran.add("hook"));
        }

        assertThat(database.drain()).endsWith("ROLLBACK");
        assertThat(ran).isEmpty();
    }

    @Test
    void outlivesAUnitOfWorkInsideItAsALambda() {
        wrapper.atomic(() -> {
            try (UnitOfWork unit = setup.databases().unitOfWork()) {
                assertThat(unit).isNotNull();
                wrapper.execute("DO");
            }
        });

        assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT");
    }

    @Test
    void isEndedByTheThreadThatBeganIt() {
        AtomicBlock block = wrapper.beginAtomic();

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> FakeSetup.onAnotherThread(() -> {
                    block.commit();
                    return null;
                }));

        block.close();
        assertThat(database.drain()).containsExactly("BEGIN", "ROLLBACK");
    }

    @Test
    void isNotRetried() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wrapper.beginAtomic(AtomicOptions.defaults().retrying(1)))
                .withMessageContaining("cannot be run again");
    }

    @Test
    void isOverAfterABeginThatFailed() {
        database.fail("BEGIN", error("08006"));

        swallow(wrapper::beginAtomic);

        assertThat(wrapper.inAtomicBlock()).isFalse();
    }
}
