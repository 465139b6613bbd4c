package dev.mooring.kit.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One operation of a generated program.
 *
 * @param kind what to do
 * @param n with which row, savepoint or hook
 * @param body what to do inside it
 */
record Op(Kind kind, int n, List<Op> body) {

    enum Kind {
        INSERT,
        FAIL,
        ATOMIC,
        MERGED,
        DURABLE,
        BLOCK_COMMITTED,
        BLOCK_CLOSED,
        SWALLOW,
        MARKED,
        HOOK,
        MARK,
        UNMARK,
        AUTOCOMMIT_OFF,
        AUTOCOMMIT_ON,
        COMMIT,
        ROLLBACK,
        SAVEPOINT,
        SAVEPOINT_ROLLBACK,
        SAVEPOINT_COMMIT,
        CLOSE,
        LOSE
    }

    static Op of(Kind kind, int n) {
        return new Op(kind, n, List.of());
    }

    boolean hasBody() {
        return switch (kind) {
            case ATOMIC, MERGED, DURABLE, BLOCK_COMMITTED, BLOCK_CLOSED, SWALLOW, MARKED, HOOK -> true;
            default -> false;
        };
    }

    /** {@return all programs that are simpler than {@code program} by one step} */
    static List<List<Op>> simpler(List<Op> program) {
        List<List<Op>> simpler = new ArrayList<>();
        for (int i = 0; i < program.size(); i++) {
            Op op = program.get(i);
            simpler.add(replaced(program, i, List.of()));
            if (op.hasBody()) {
                simpler.add(replaced(program, i, op.body()));
                for (List<Op> body : simpler(op.body())) {
                    simpler.add(replaced(program, i, List.of(new Op(op.kind(), op.n(), body))));
                }
            }
        }
        return simpler;
    }

    private static List<Op> replaced(List<Op> program, int index, List<Op> by) {
        List<Op> changed = new ArrayList<>(program.subList(0, index));
        changed.addAll(by);
        changed.addAll(program.subList(index + 1, program.size()));
        return changed;
    }

    @Override
    public String toString() {
        String inside =
                body.isEmpty() ? "" : body.stream().map(Op::toString).collect(Collectors.joining("; ", " { ", " }"));
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + n + inside;
    }
}
