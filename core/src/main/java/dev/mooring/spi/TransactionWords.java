package dev.mooring.spi;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The words by which statements are known that begin or end transactions: those of the standard, PostgreSQL and SQLite. */
final class TransactionWords {

    private static final Set<String> NOISE = Set.of("work", "transaction");

    private TransactionWords() {}

    static Set<StatementTrait> traits(List<String> words) {
        if (words.isEmpty()) {
            return Set.of();
        }
        return switch (words.get(0)) {
            case "begin" -> Set.of(StatementTrait.BEGINS_TRANSACTION);
            case "start" -> isNext(words, "transaction") ? Set.of(StatementTrait.BEGINS_TRANSACTION) : Set.of();
            case "commit", "end", "abort" -> ending(words);
            case "rollback" -> isToSavepoint(words) ? Set.of(StatementTrait.USES_SAVEPOINT) : ending(words);
            case "prepare" -> isNext(words, "transaction") ? Set.of(StatementTrait.ENDS_TRANSACTION) : Set.of();
            case "savepoint", "release" -> Set.of(StatementTrait.USES_SAVEPOINT);
            default -> Set.of();
        };
    }

    /** One that was prepared is another transaction than the one that is open; the database refuses to end it in there. */
    private static Set<StatementTrait> ending(List<String> words) {
        if (isNext(words, "prepared")) {
            return Set.of();
        }
        int chain = words.indexOf("chain");
        boolean chained = chain > 0 && words.get(chain - 1).equals("and");
        return chained
                ? EnumSet.of(StatementTrait.ENDS_TRANSACTION, StatementTrait.BEGINS_TRANSACTION)
                : Set.of(StatementTrait.ENDS_TRANSACTION);
    }

    private static boolean isToSavepoint(List<String> words) {
        int next = words.size() > 1 && NOISE.contains(words.get(1)) ? 2 : 1;
        return words.size() > next && words.get(next).equals("to");
    }

    private static boolean isNext(List<String> words, String expected) {
        return words.size() > 1 && words.get(1).equals(expected);
    }
}
