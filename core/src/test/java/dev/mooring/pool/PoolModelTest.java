package dev.mooring.pool;

import dev.mooring.pool.PoolModel.Op;
import dev.mooring.pool.PoolModel.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random programs against a pool and its model. {@code -Dmooring.full} runs more of them,
 * {@code -Dmooring.model.seed=N} one of them again.
 */
@Tag("full")
class PoolModelTest {

    private static final int PROGRAMS = Boolean.getBoolean("mooring.full") ? 2_500 : 500;
    private static final int STEPS = 60;

    /** Each operation as often as it is worth, since most states need several leases to reach. */
    private static final List<Op> WEIGHTED = Stream.of(Op.values())
            .flatMap(op -> IntStream.range(0, weight(op)).mapToObj(i -> op))
            .toList();

    @Test
    void doesWhatItsModelDoes() { // invariants 1, 2 and 4
        Integer only = Integer.getInteger("mooring.model.seed");
        for (int seed = only == null ? 1 : only; seed <= (only == null ? PROGRAMS : only); seed++) {
            List<Step> program = program(seed);
            Throwable failure = failure(seed, program);
            if (failure != null) {
                List<Step> shrunk = shrink(seed, program);
                throw new AssertionError(
                        "seed %d, cap %d, fails after:%n%s".formatted(seed, cap(seed), listing(shrunk)),
                        failure(seed, shrunk));
            }
        }
    }

    private static int weight(Op op) {
        return switch (op) {
            case ACQUIRE, ACQUIRE_AGAIN, RELEASE -> 14;
            case ADVANCE, TICK -> 10;
            case RELEASE_TWICE, CLOSE, CLOSE_TWICE, CLOSE_IF_PARKED, SWEEP, WORK -> 5;
            case DIE, FAIL_PROBES, REFUSE_OPENING -> 3;
            case FAIL_OPENING -> 2;
            case SHUT_DOWN -> 1;
        };
    }

    private static List<Step> program(int seed) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Op op = WEIGHTED.get(random.nextInt(WEIGHTED.size()));
            // Most programs go without an end, or few would get far.
            boolean ends = op == Op.SHUT_DOWN && seed % 4 != 0;
            steps.add(new Step(ends ? Op.TICK : op, random.nextInt(1_000)));
        }
        return steps;
    }

    private static int cap(int seed) {
        return 1 + seed % 4;
    }

    private static @Nullable Throwable failure(int seed, List<Step> program) {
        try {
            PoolModel model = new PoolModel(cap(seed));
            program.forEach(model::run);
            model.finish();
            return null;
        } catch (RuntimeException | AssertionError e) {
            return e;
        }
    }

    /** {@return the program without the steps that its failure does not need} */
    private static List<Step> shrink(int seed, List<Step> program) {
        List<Step> shrunk = new ArrayList<>(program);
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (int i = shrunk.size() - 1; i >= 0; i--) {
                Step dropped = shrunk.remove(i);
                if (failure(seed, shrunk) == null) {
                    shrunk.add(i, dropped);
                } else {
                    smaller = true;
                }
            }
        }
        return shrunk;
    }

    private static String listing(List<Step> program) {
        return program.stream()
                .map(step -> "  " + step.op() + " " + step.choice())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
