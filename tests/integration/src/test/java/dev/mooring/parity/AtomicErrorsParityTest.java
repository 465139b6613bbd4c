package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.AtomicCallable;
import dev.mooring.AtomicOptions;
import dev.mooring.AtomicRunnable;
import dev.mooring.Transaction;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.TransactionManagementException;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Blocks and errors: Django's {@code AtomicMergeTests}, {@code AtomicErrorsTests} and what follows them. */
@EveryWorld
class AtomicErrorsParityTest extends ParityContract {

    private static final AtomicOptions MERGED = AtomicOptions.defaults().withoutSavepoint();
    private static final String NO_ORM =
            "`markForRollbackOnError` around the write is what Django's ORM does by itself";

    @Test
    @Django("TX-22")
    void marksTheOutermostBlock() {
        databases.atomic(() -> {
            insert("Tintin");
            databases.atomic(MERGED, () -> {
                insert("Archibald");
                failing(() -> databases.atomic(MERGED, () -> {
                    insert("Haddock");
                    throw new IllegalStateException();
                }));
                assertThat(databases.get().transaction().getRollback()).isTrue();
            });
            assertThat(databases.get().transaction().getRollback()).isTrue();
        });

        assertThat(reporters()).isEmpty();
    }

    @Test
    @Django("TX-23")
    void marksNoFurtherThanTheNearestSavepoint() {
        databases.atomic(() -> {
            insert("Tintin");
            databases.atomic(() -> {
                insert("Archibald");
                failing(() -> databases.atomic(MERGED, () -> {
                    insert("Haddock");
                    throw new IllegalStateException();
                }));
                assertThat(databases.get().transaction().getRollback()).isTrue();
            });
            assertThat(databases.get().transaction().getRollback()).isFalse();
        });

        assertThat(reporters()).containsExactly("Tintin");
    }

    @Test
    @Django("TX-24")
    void keepsAutocommitAsItIs() {
        Transaction transaction = databases.get().transaction();
        databases.atomic(() -> {
            boolean before = transaction.getAutocommit();
            assertRefused(() -> transaction.setAutocommit(!before));
            assertThat(transaction.getAutocommit()).isEqualTo(before);
        });
    }

    @Test
    @Django("TX-25")
    void refusesToBeEndedByHand() {
        databases.atomic(() -> {
            assertRefused(databases.get().transaction()::commit);
            assertRefused(databases.get().transaction()::rollback);
        });
    }

    @Test
    @Django(value = "TX-26", differs = NO_ORM)
    void refusesQueriesOnceAWriteHasFailed() {
        insert("Haddock");
        AtomicReference<Throwable> first = new AtomicReference<>();
        databases.atomic(() -> {
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> databases.get().transaction().markForRollbackOnError(() -> insert("Haddock")))
                    .satisfies(first::set);
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> insert("Calculus"))
                    .satisfies(e -> assertThat(e).hasCause(first.get()));
        });

        assertThat(reporters()).containsExactly("Haddock");
    }

    @Test
    @Django("TX-28")
    void missesAConnectionThatWasClosedInside() {
        databases.atomic(() -> {
            insert("Archibald");
            databases.get().close();
            assertThatExceptionOfType(DatabaseException.class).isThrownBy(() -> insert("Calculus"));
        });
        insert("Haddock");

        assertThat(reporters()).containsExactly("Haddock");
    }

    @Test
    @Django(value = "TX-30", differs = "An object that implements `AtomicCallable` or `AtomicRunnable`")
    void takesAnyObjectThatCanBeCalled() {
        AtomicRunnable<RuntimeException> writer = new Writer();

        databases.atomic(writer);
        assertThat(databases.<String, RuntimeException>atomic(new Answer())).isEqualTo("Haddock");

        assertThat(reporters()).containsExactly("Haddock");
    }

    @Test
    @Django("TX-31")
    void leavesNoSavepointOfAFailedBlock() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> databases.atomic(() -> {
                    String inner = "s" + Thread.currentThread().getId() + "_x1";
                    failing(() -> databases.atomic(() -> {
                        insert("Haddock");
                        databases.query("SELECT 1 AS one");
                        throw new IllegalStateException();
                    }));
                    databases.get().transaction().savepointRollback(inner);
                }))
                .withMessageContaining("roll back to a savepoint");
    }

    @Test
    @Django("TX-32")
    void isMarkedByAnError() {
        Transaction transaction = databases.get().transaction();
        databases.atomic(() -> {
            failing(() -> transaction.markForRollbackOnError(AtomicErrorsParityTest::fail));
            assertThat(transaction.getRollback()).isTrue();
            assertRefused(() -> insert("Haddock"));
        });
        insert("Calculus");

        assertThat(reporters()).containsExactly("Calculus");
    }

    @Test
    @Django("TX-33")
    void marksNothingInAutocommit() {
        failing(() -> databases.get().transaction().markForRollbackOnError(AtomicErrorsParityTest::fail));
        insert("Haddock");

        assertThat(reporters()).containsExactly("Haddock");
    }

    @Test
    @Django("TX-34")
    void goesOnByHandAfterARollback() {
        byHand(() -> {
            insert("Haddock");
            assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> insert("Haddock"));
            databases.get().transaction().rollback();
            insert("Calculus");
            assertThat(reporters()).containsExactly("Calculus");
        });

        assertThat(reporters()).isEmpty();
    }

    @Test
    @Django("TX-35")
    void goesOnWithAutocommitOff() {
        byHand(() -> insert("Tintin"));

        assertThat(reporters()).isEmpty();
    }

    private void byHand(Runnable work) {
        Transaction transaction = databases.get().transaction();
        transaction.setAutocommit(false);
        try {
            work.run();
        } finally {
            transaction.rollback();
            transaction.setAutocommit(true);
        }
    }

    private static void failing(ThrowingCallable block) {
        assertThatIllegalStateException().isThrownBy(block);
    }

    private static void fail() {
        throw new IllegalStateException();
    }

    private static void assertRefused(ThrowingCallable use) {
        assertThatExceptionOfType(TransactionManagementException.class).isThrownBy(use);
    }

    private final class Writer implements AtomicRunnable<RuntimeException> {
        @Override
        public void run() {
            insert("Haddock");
        }
    }

    private final class Answer implements AtomicCallable<String, RuntimeException> {
        @Override
        public String call() {
            return reporters().get(0);
        }
    }
}
