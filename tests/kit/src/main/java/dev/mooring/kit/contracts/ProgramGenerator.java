package dev.mooring.kit.contracts;

import dev.mooring.kit.contracts.Op.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the program of a seed. */
final class ProgramGenerator {

    static final int ROWS = 6;
    static final int SAVEPOINTS = 2;

    private static final List<Kind> ANYWHERE = weighted(
            Kind.INSERT,
            12,
            Kind.FAIL,
            3,
            Kind.ATOMIC,
            8,
            Kind.MERGED,
            5,
            Kind.DURABLE,
            1,
            Kind.BLOCK_COMMITTED,
            3,
            Kind.BLOCK_CLOSED,
            1,
            Kind.SWALLOW,
            9,
            Kind.MARKED,
            3,
            Kind.HOOK,
            6,
            Kind.MARK,
            1,
            Kind.UNMARK,
            2,
            Kind.AUTOCOMMIT_OFF,
            1,
            Kind.AUTOCOMMIT_ON,
            2,
            Kind.COMMIT,
            3,
            Kind.ROLLBACK,
            2,
            Kind.SAVEPOINT,
            3,
            Kind.SAVEPOINT_ROLLBACK,
            3,
            Kind.SAVEPOINT_COMMIT,
            1);

    /** What a hook does that runs when all is over. */
    private static final List<Kind> IN_HOOKS =
            weighted(Kind.INSERT, 6, Kind.FAIL, 1, Kind.HOOK, 2, Kind.ATOMIC, 2, Kind.SWALLOW, 1);

    private final Random random;
    private final boolean mayLose;
    private final boolean savepoints;
    private int left;

    private ProgramGenerator(long seed, boolean savepoints) {
        this.savepoints = savepoints;
        random = new Random(seed);
        random.nextInt();
        mayLose = random.nextInt(25) == 0;
        left = 4 + random.nextInt(22);
    }

    /** @param savepoints whether it may use savepoints by hand */
    static List<Op> program(long seed, boolean savepoints) {
        ProgramGenerator generator = new ProgramGenerator(seed, savepoints);
        List<Op> program = new ArrayList<>();
        if (generator.random.nextInt(3) == 0) {
            program.add(Op.of(Kind.AUTOCOMMIT_OFF, 0));
        }
        while (generator.left > 0) {
            program.add(new Op(Kind.SWALLOW, 0, generator.ops(0, ANYWHERE)));
        }
        return program;
    }

    private List<Op> ops(int depth, List<Kind> kinds) {
        List<Op> ops = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count && left > 0; i++) {
            ops.add(op(depth, kinds));
        }
        return ops;
    }

    private Op op(int depth, List<Kind> kinds) {
        left--;
        if (mayLose && kinds == ANYWHERE && random.nextInt(8) == 0) {
            return Op.of(random.nextBoolean() ? Kind.LOSE : Kind.CLOSE, 0);
        }
        Kind kind = kinds.get(random.nextInt(kinds.size()));
        if (!savepoints && kind.name().startsWith("SAVEPOINT")) {
            kind = Kind.INSERT;
        }
        int n = random.nextInt(kind == Kind.INSERT ? ROWS : SAVEPOINTS);
        Op op = Op.of(kind, n);
        if (!op.hasBody()) {
            return op;
        }
        List<Kind> inside = kind == Kind.HOOK ? IN_HOOKS : kinds;
        return new Op(kind, n, depth > 5 ? List.of() : ops(depth + 1, inside));
    }

    private static List<Kind> weighted(Object... kindsAndWeights) {
        List<Kind> kinds = new ArrayList<>();
        for (int i = 0; i < kindsAndWeights.length; i += 2) {
            for (int j = 0; j < (int) kindsAndWeights[i + 1]; j++) {
                kinds.add((Kind) kindsAndWeights[i]);
            }
        }
        return kinds;
    }
}
