package dev.mooring.statement;

import dev.mooring.spi.SessionRules;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.StatementTrait;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a text means for the transaction and the session around it.
 *
 * @param command the words by which messages name what it does
 * @param transactions what it does to transactions
 * @param readsSession whether it reads what an earlier text left in the session
 * @param preparesSession whether it is there for later texts of the session
 * @param needsTransaction whether it has no effect outside a transaction
 */
public record SessionUse(
        String command,
        Transactions transactions,
        boolean readsSession,
        boolean preparesSession,
        boolean needsTransaction) {

    static final SessionUse NONE = new SessionUse("", Transactions.UNTOUCHED, false, false, false);

    /** What a text does to transactions. */
    public enum Transactions {
        /** Nothing. */
        UNTOUCHED,
        /** It uses savepoints of a transaction that other texts begin and end. */
        SAVEPOINT,
        /** It ends all that it begins, and begins all that it ends. */
        COMPLETE,
        /** It commits the one that is open, if one is, and needs none. */
        COMMITS,
        /** It begins one for other texts to be in. */
        BEGINS,
        /** It ends one in which other texts were. */
        ENDS
    }

    public boolean isNone() {
        return command.isEmpty();
    }

    public boolean controlsTransaction() {
        return transactions.compareTo(Transactions.COMPLETE) >= 0;
    }

    /** {@return whether it may stand outside any transaction, and leaves none open} */
    public boolean isAllowedAlone() {
        return switch (transactions) {
            case UNTOUCHED, COMPLETE, COMMITS -> true;
            case SAVEPOINT, BEGINS, ENDS -> false;
        };
    }

    static SessionUse of(List<SqlStatement> statements, SessionRules rules) {
        Reader reader = new Reader();
        for (int i = 0; i < statements.size(); i++) {
            SqlStatement statement = statements.get(i);
            reader.read(statement, rules.traits(statement), i == 0, i == statements.size() - 1);
        }
        return reader.result();
    }

    /** Takes the statements of a text together. */
    private static final class Reader {
        private String command = "";
        private Transactions transactions = Transactions.UNTOUCHED;
        private boolean open;
        private boolean reads;
        private boolean prepares;
        private boolean needsTransaction;

        /**
         * A statement that reads the session after others reads what they set, and one that prepares it before others does so for
         * them: neither depends on the calls before or after this text.
         */
        void read(SqlStatement statement, Set<StatementTrait> traits, boolean first, boolean last) {
            if (traits.isEmpty()) {
                return;
            }
            Transactions before = transactions;
            if (traits.contains(StatementTrait.ENDS_TRANSACTION)) {
                raise(open ? Transactions.COMPLETE : Transactions.ENDS);
                open = false;
            }
            if (traits.contains(StatementTrait.BEGINS_TRANSACTION)) {
                raise(Transactions.COMPLETE);
                open = true;
            }
            if (traits.contains(StatementTrait.COMMITS_IMPLICITLY)) {
                raise(Transactions.COMMITS);
                open = false;
            }
            if (traits.contains(StatementTrait.USES_SAVEPOINT) && !open) {
                raise(Transactions.SAVEPOINT);
            }
            reads |= first && traits.contains(StatementTrait.READS_SESSION);
            prepares |= last && traits.contains(StatementTrait.PREPARES_SESSION);
            needsTransaction |= first && last && traits.contains(StatementTrait.NEEDS_TRANSACTION);
            if (command.isEmpty() || before != transactions) {
                command = String.join(" ", statement.words()).toUpperCase(Locale.ROOT);
            }
        }

        private void raise(Transactions found) {
            transactions = transactions.compareTo(found) < 0 ? found : transactions;
        }

        SessionUse result() {
            if (open) {
                raise(Transactions.BEGINS);
            }
            boolean none = transactions == Transactions.UNTOUCHED && !reads && !prepares && !needsTransaction;
            return none ? NONE : new SessionUse(command, transactions, reads, prepares, needsTransaction);
        }
    }
}
