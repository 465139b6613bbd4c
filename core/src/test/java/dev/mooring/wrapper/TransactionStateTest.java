package dev.mooring.wrapper;

import static dev.mooring.wrapper.TransactionStep.Action.BEGIN;
import static dev.mooring.wrapper.TransactionStep.Action.COMMIT;
import static dev.mooring.wrapper.TransactionStep.Action.NOTHING;
import static dev.mooring.wrapper.TransactionStep.Action.RELEASE;
import static dev.mooring.wrapper.TransactionStep.Action.ROLLBACK;
import static dev.mooring.wrapper.TransactionStep.Action.ROLLBACK_TO;
import static dev.mooring.wrapper.TransactionStep.Action.SAVEPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.TransactionManagementException;
import dev.mooring.wrapper.BlockOptions.Flag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the tables in Django's behaviour: E for entering, X for leaving, F for what follows. */
class TransactionStateTest {

    private static final boolean OK = false;
    private static final boolean FAILED = true;
    private static final BlockOptions PLAIN = BlockOptions.DEFAULTS;
    private static final BlockOptions MERGED = PLAIN.with(Flag.WITHOUT_SAVEPOINT);
    private static final BlockOptions AROUND_TEST = PLAIN.with(Flag.AROUND_TEST);
    private static final BlockOptions DURABLE = PLAIN.with(Flag.DURABLE);

    private final TransactionState state = new TransactionState("default", 7, true);

    @Nested
    class OnEntering {

        @Test
        @DisplayName("begins outside anything")
        void beginsOutsideAnything() {
            assertThat(state.entering(PLAIN)).isEqualTo(new TransactionStep(BEGIN, null));
        }

        @Test
        @DisplayName("records nothing before it worked")
        void recordsNothingBeforeItWorked() {
            state.entering(PLAIN);
            assertThat(state.inAtomic()).isFalse();

            enter(PLAIN);
            state.entering(PLAIN);

            assertThat(state.leaving(OK)).isEqualTo(new TransactionStep(COMMIT, null));
        }

        @Test
        @DisplayName("sets no savepoint where the database has none, and the blocks end together")
        void setsNoSavepointWhereThereAreNone() {
            TransactionState without = new TransactionState("default", 7, false);
            assertThat(without.entering(PLAIN)).isEqualTo(new TransactionStep(BEGIN, null));
            enter(without, PLAIN);

            assertThat(enter(without, PLAIN)).isEqualTo(TransactionStep.NOTHING);
            assertThat(without.leaving(FAILED).action()).isEqualTo(NOTHING);
            assertThat(without.leaving(OK).action()).isEqualTo(ROLLBACK);
        }

        @Test
        @DisplayName("sets a savepoint with a name of its own")
        void setsASavepointWithANameOfItsOwn() {
            enter(PLAIN);

            assertThat(enter(PLAIN)).isEqualTo(new TransactionStep(SAVEPOINT, "s7_x1"));
            assertThat(enter(PLAIN)).isEqualTo(new TransactionStep(SAVEPOINT, "s7_x2"));
        }

        @Test
        @DisplayName("sets none if none is wanted")
        void setsNoneIfNoneIsWanted() {
            enter(PLAIN);

            assertThat(enter(MERGED)).isEqualTo(TransactionStep.NOTHING);
        }

        @Test
        @DisplayName("sets none in a broken transaction")
        void setsNoneInABrokenTransaction() {
            enter(PLAIN);
            state.markForRollback(null);

            assertThat(enter(PLAIN)).isEqualTo(TransactionStep.NOTHING);
        }

        @Test
        @DisplayName("refuses a durable block inside another")
        void refusesADurableBlockInsideAnother() {
            enter(DURABLE);

            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> state.entering(DURABLE))
                    .withMessage("A durable atomic block on database 'default' cannot be nested within another atomic"
                            + " block: begin it outside, or leave out durable()");
            assertThat(state.leaving(OK).action()).isEqualTo(COMMIT);
        }

        @Test
        @DisplayName("lets a durable block be the first inside the one around a test, and no deeper")
        void letsADurableBlockBeTheFirstInsideTheOneAroundATest() {
            enter(AROUND_TEST);

            assertThat(enter(DURABLE).action()).isEqualTo(SAVEPOINT);
            assertThatExceptionOfType(TransactionManagementException.class).isThrownBy(() -> state.entering(DURABLE));
        }

        @Test
        @DisplayName("forgets what was wrong with the last transaction")
        void forgetsWhatWasWrongWithTheLastTransaction() {
            enter(PLAIN);
            state.markClosed();
            state.leaving(FAILED);

            enter(PLAIN);

            assertThat(state.isClosed()).isFalse();
            assertThat(state.needsRollback()).isFalse();
        }
    }

    @Nested
    class OnLeaving {

        @Test
        @DisplayName("does nothing if the connection was closed")
        void doesNothingIfTheConnectionWasClosed() {
            enter(PLAIN);
            enter(PLAIN);
            state.markClosed();

            assertThat(state.leaving(OK)).isEqualTo(TransactionStep.NOTHING);
            assertThat(state.isClosed()).isTrue();
            assertThat(state.leaving(OK)).isEqualTo(TransactionStep.NOTHING);
            assertThat(state.isClosed()).isFalse();
            assertThat(state.needsRollback()).isFalse();
        }

        @Test
        @DisplayName("marks what is around a block whose connection was closed")
        void marksWhatIsAroundABlockWhoseConnectionWasClosed() {
            enter(PLAIN);
            enter(PLAIN);
            state.markClosed();
            state.setRollback(false);

            assertThat(state.leaving(OK)).isEqualTo(TransactionStep.NOTHING);
            assertThat(state.needsRollback()).isTrue();
        }

        @Test
        @DisplayName("releases a savepoint")
        void releasesASavepoint() {
            enter(PLAIN);
            enter(PLAIN);

            assertThat(state.leaving(OK)).isEqualTo(new TransactionStep(RELEASE, "s7_x1"));
        }

        @Test
        @DisplayName("does nothing after a merged block")
        void doesNothingAfterAMergedBlock() {
            enter(PLAIN);
            enter(MERGED);

            assertThat(state.leaving(OK)).isEqualTo(TransactionStep.NOTHING);
            assertThat(state.leaving(OK)).isEqualTo(new TransactionStep(COMMIT, null));
        }

        @Test
        @DisplayName("commits the outermost")
        void commitsTheOutermost() {
            enter(PLAIN);

            assertThat(state.leaving(OK)).isEqualTo(new TransactionStep(COMMIT, null));
            assertThat(state.inAtomic()).isFalse();
        }

        @Test
        @DisplayName("marks what is around a failed merged block")
        void marksWhatIsAroundAFailedMergedBlock() {
            enter(PLAIN);
            enter(MERGED);

            assertThat(state.leaving(FAILED)).isEqualTo(TransactionStep.NOTHING);
            assertThat(state.needsRollback()).isTrue();
            assertThat(state.leaving(OK)).isEqualTo(new TransactionStep(ROLLBACK, null));
        }

        @Test
        @DisplayName("TX-23: stops the mark at the nearest savepoint")
        void stopsTheMarkAtTheNearestSavepoint() {
            enter(PLAIN);
            enter(PLAIN);
            enter(MERGED);
            state.leaving(FAILED);

            assertThat(state.leaving(OK)).isEqualTo(new TransactionStep(ROLLBACK_TO, "s7_x1"));
            assertThat(state.needsRollback()).isFalse();
            assertThat(state.leaving(OK)).isEqualTo(new TransactionStep(COMMIT, null));
        }

        @Test
        @DisplayName("rolls the outermost back")
        void rollsTheOutermostBack() {
            enter(PLAIN);

            assertThat(state.leaving(FAILED)).isEqualTo(new TransactionStep(ROLLBACK, null));
            assertThat(state.inAtomic()).isFalse();
        }
    }

    @Test
    void refusesStatementsThatCanOnlyBeLost() {
        enter(PLAIN);
        state.markForRollback(null);

        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(state::checkUsable)
                .withMessage(
                        "An error occurred in this atomic block on database 'default': no statement can run until the block ends");

        state.markClosed();
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(state::checkUsable)
                .withMessage(
                        "The connection to database 'default' was closed or lost inside atomic: no statement can run until the block ends");
    }

    @Test
    void marksNothingOutsideAtomic() {
        state.markForRollback(null);
        state.markClosed();

        assertThat(state.needsRollback()).isFalse();
        assertThat(state.isClosed()).isFalse();
    }

    /** The model looks at the whole stack each time instead of carrying flags along. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 30_441})
    void agreesWithAModelThatKeepsNoFlags(long seed) {
        Random random = new Random(seed);
        Deque<ModelBlock> blocks = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            int choice = random.nextInt(10);
            if (choice < 4 && blocks.size() < 12) {
                boolean savepoint = random.nextBoolean();
                TransactionStep.Action expected =
                        blocks.isEmpty() ? BEGIN : savepoint && !blocks.peek().broken ? SAVEPOINT : NOTHING;
                assertThat(enter(savepoint ? PLAIN : MERGED).action()).isEqualTo(expected);
                ModelBlock block = new ModelBlock();
                block.barrier = expected != NOTHING;
                block.broken = expected == NOTHING && blocks.peek().broken;
                blocks.push(block);
            } else if (choice < 5) {
                state.markForRollback(null);
                blocks.stream().limit(1).forEach(block -> block.broken = true);
            } else if (!blocks.isEmpty()) {
                boolean failed = random.nextInt(3) == 0;
                ModelBlock left = blocks.pop();
                boolean undone = failed || left.broken;
                TransactionStep.Action expected = blocks.isEmpty()
                        ? undone ? ROLLBACK : COMMIT
                        : !left.barrier ? NOTHING : undone ? ROLLBACK_TO : RELEASE;
                assertThat(state.leaving(failed).action()).isEqualTo(expected);
                if (!blocks.isEmpty() && !left.barrier) {
                    blocks.peek().broken |= undone;
                }
            }
            assertThat(state.inAtomic()).isEqualTo(!blocks.isEmpty());
            assertThat(state.needsRollback()).isEqualTo(!blocks.isEmpty() && blocks.peek().broken);
        }
    }

    private static final class ModelBlock {
        boolean barrier;
        boolean broken;
    }

    private TransactionStep enter(BlockOptions options) {
        return enter(state, options);
    }

    private static TransactionStep enter(TransactionState state, BlockOptions options) {
        TransactionStep step = state.entering(options);
        state.entered(state.block(step, options, EnteredBlock.Purpose.CODE, null), options);
        return step;
    }
}
