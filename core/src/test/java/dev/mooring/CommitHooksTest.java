package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Django's tests of its commit hooks; their numbers are those of the parity list. */
class CommitHooksTest {

    private final FakeSetup setup = new FakeSetup();
    private final DatabaseWrapper wrapper = setup.wrapper();
    private final List<Integer> ran = new ArrayList<>();

    @AfterEach
    void close() {
        assertThat(setup.counts().leased()).isZero();
        setup.close();
    }

    @Test
    void runAtOnceOutsideATransaction() { // HK-01
        hook(1);

        assertThat(ran).containsExactly(1);
    }

    @Test
    void waitForTheCommitOfTheOutermostBlock() { // HK-04, HK-06
        wrapper.atomic(() -> {
            wrapper.atomic(() -> hook(1));
            assertThat(ran).isEmpty();
        });

        assertThat(ran).containsExactly(1);
    }

    @Test
    void areDroppedByARollback() { // HK-05, HK-14
        failing(() -> hook(1));
        wrapper.atomic(() -> hook(2));

        assertThat(ran).containsExactly(2);
    }

    @Test
    void areDroppedWithTheirSavepointAlone() { // HK-07
        wrapper.atomic(() -> {
            wrapper.atomic(() -> hook(1));
            failing(() -> hook(2));
            wrapper.atomic(() -> hook(3));
        });

        assertThat(ran).containsExactly(1, 3);
    }

    @Test
    void ofAnInnerBlockAreDroppedByTheFailureOfTheOuter() { // HK-08
        failing(() -> wrapper.atomic(() -> hook(1)));
        wrapper.atomic(() -> hook(2));

        assertThat(ran).containsExactly(2);
    }

    @Test
    void ofTheInnermostAreDroppedByTheMiddle() { // HK-09
        wrapper.atomic(() -> {
            failing(() -> wrapper.atomic(() -> hook(1)));
            hook(2);
        });

        assertThat(ran).containsExactly(2);
    }

    @Test
    void ofAMergedBlockGoWithTheBlockAroundIt() { // HK-10
        wrapper.atomic(() -> {
            swallow(() -> wrapper.atomic(AtomicOptions.defaults().withoutSavepoint(), () -> {
                hook(1);
                throw new IllegalStateException();
            }));
            hook(2);
        });

        assertThat(ran).isEmpty();
    }

    @Test
    void ofTheOuterBlockOutliveAFailureOfTheInner() { // HK-11
        wrapper.atomic(() -> {
            hook(1);
            failing(() -> {});
        });

        assertThat(ran).containsExactly(1);
    }

    @Test
    void runInTheOrderInWhichTheyWereRegistered() { // HK-12
        wrapper.atomic(() -> {
            hook(1);
            wrapper.atomic(() -> hook(2));
            hook(3);
        });

        assertThat(ran).containsExactly(1, 2, 3);
    }

    @Test
    void runOnce() { // HK-13
        wrapper.atomic(() -> hook(1));
        wrapper.atomic(() -> {});

        assertThat(ran).containsExactly(1);
    }

    @Test
    void takeTheRestWithThemWhenOneFailsAndTheDataStaysCommitted() { // HK-16
        assertThatThrownBy(() -> wrapper.atomic(() -> {
                    hook(1);
                    wrapper.onCommit(() -> {
                        throw new IllegalStateException("hook");
                    });
                    hook(2);
                }))
                .hasMessage("hook");
        wrapper.atomic(() -> {});

        assertThat(ran).containsExactly(1);
        assertThat(setup.database.drain()).containsExactly("BEGIN", "COMMIT", "BEGIN", "COMMIT");
    }

    @Test
    void runWhenTheLeaseIsBackSoThatTheyMayQuery() { // HK-17
        List<Integer> leased = new ArrayList<>();

        wrapper.atomic(() -> wrapper.onCommit(() -> {
            leased.add(setup.counts().leased());
            wrapper.query("SELECT 1");
        }));

        assertThat(leased).containsExactly(0);
        assertThat(setup.database.drain()).containsExactly("BEGIN", "COMMIT", "SELECT 1");
    }

    @Test
    void mayBeginATransaction() { // HK-18
        wrapper.atomic(() -> wrapper.onCommit(() -> wrapper.atomic(() -> hook(1))));

        assertThat(ran).containsExactly(1);
    }

    @Test
    void mayRegisterHooks() { // HK-19
        wrapper.atomic(() -> {
            nested(1, 11);
            nested(2, 12);
        });

        assertThat(ran).containsExactly(1, 11, 2, 12);
    }

    @Test
    void areDroppedByACommitThatFailed() {
        setup.database.fail("COMMIT", error("23505"));

        swallow(() -> wrapper.atomic(() -> hook(1)));
        wrapper.atomic(() -> {});

        assertThat(ran).isEmpty();
    }

    @Test
    void areRefusedAtOnceIfThereIsNone() { // HK-21
        wrapper.atomic(() -> assertThatNullPointerException()
                .isThrownBy(() -> wrapper.onCommit(null))
                .withMessage("hook"));
    }

    @Test
    void thatAreRobustLetAnErrorOut() {
        assertThatThrownBy(() -> wrapper.onCommitRobust(() -> {
                    throw new AssertionError("no exception");
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void mayFailRobustlyThroughTheWrapper() { // HK-03
        wrapper.atomic(() -> {
            wrapper.onCommitRobust(() -> {
                throw new IllegalStateException("hook");
            });
            hook(1);
        });

        assertThat(ran).containsExactly(1);
    }

    @Test
    void canBeListedAndRunByHandWhileTheyWait() {
        wrapper.atomic(() -> {
            hook(1);
            wrapper.onCommitRobust(() -> {
                throw new IllegalStateException("hook");
            });
            swallow(() -> wrapper.atomic(() -> {
                hook(2);
                throw new IllegalStateException();
            }));
            hook(3);

            List<Runnable> waiting = wrapper.transaction().commitHooks();
            waiting.forEach(Runnable::run);

            assertThat(waiting).hasSize(3);
            assertThat(ran).containsExactly(1, 3);
        });

        assertThat(ran).containsExactly(1, 3, 1, 3);
        assertThat(wrapper.transaction().commitHooks()).isEmpty();
    }

    @Test
    void mayCloseTheConnection() {
        wrapper.atomic(() -> {
            wrapper.onCommit(wrapper::close);
            hook(1);
        });
        wrapper.execute("DO");

        assertThat(ran).containsExactly(1);
        assertThat(setup.database.opened).hasValue(2);
    }

    @Test
    void registeredByAHookOutsideAtomicRunBeforeTheRest() { // 3.8
        wrapper.atomic(() -> {
            wrapper.onCommit(() -> hook(1));
            hook(2);
        });

        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void areDroppedByASetRollback() { // 3.8
        wrapper.atomic(() -> {
            hook(1);
            wrapper.transaction().setRollback(true);
        });

        assertThat(ran).isEmpty();
    }

    @Test
    void areDroppedByTheRollbackToASavepointSetByHand() { // do not copy, 6
        wrapper.atomic(() -> {
            hook(1);
            String savepoint = wrapper.transaction().savepoint();
            hook(2);
            wrapper.atomic(() -> hook(3));
            wrapper.transaction().savepointRollback(savepoint);
            hook(4);
            wrapper.transaction().savepointRollback(savepoint);
            hook(5);
            wrapper.transaction().savepointCommit(savepoint);
        });

        assertThat(ran).containsExactly(1, 5);
    }

    @Test
    void areKeptWithTheDataOfADatabaseInMemory() {
        setup.database.inMemory = true;

        wrapper.atomic(() -> {
            hook(1);
            wrapper.close();
        });

        assertThat(ran).containsExactly(1);
    }

    private void nested(int first, int second) {
        wrapper.onCommit(() -> wrapper.atomic(() -> {
            ran.add(first);
            hook(second);
        }));
    }

    private void hook(int number) {
        wrapper.onCommit(() -> ran.add(number));
    }

    private void failing(Runnable block) {
        swallow(() -> wrapper.atomic(() -> {
            block.run();
            throw new IllegalStateException();
        }));
    }
}
