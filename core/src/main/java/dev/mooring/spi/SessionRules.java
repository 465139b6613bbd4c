package dev.mooring.spi;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which statements leave traces in the session, and how to wipe them. A connection with traces stays with its unit of
 * work, and is wiped before anyone else gets it.
 */
public interface SessionRules {

    /**
     * {@return rules that go by the words of a statement, and cannot reset}
     *
     * <p>A statement leaves the session alone if its first word, or its first two, are a key of {@code harmless} and
     * none of its other words is among that key's values. Words count wherever they stand, in a literal too: a false
     * alarm costs a reset, a miss would cost the next user's data. A text of several statements never passes.
     *
     * @param harmless lower-case first words, two of them divided by a blank, and what makes such a statement suspect
     */
    static SessionRules byWords(Map<String, Set<String>> harmless) {
        return byWords(SqlSyntax.standard(), harmless);
    }

    /** {@return the same for a database whose comments and words are those of {@code syntax}} */
    static SessionRules byWords(SqlSyntax syntax, Map<String, Set<String>> harmless) {
        return new WordSessionRules(syntax, harmless);
    }

    /** {@return whether the session is the same after this statement as before} When in doubt, say no. */
    boolean leavesSessionAlone(String sql);

    /**
     * {@return whether a call of this method of the driver's own interfaces leaves the session alone, and leads to nothing else of
     * the driver} Asked when somebody unwraps a connection of the {@code DataSource} view; any other call has it closed after use.
     */
    default boolean leavesSessionAlone(Method method) {
        return false;
    }

    /**
     * {@return the statement that has the session refuse writes, or accept them again, until it is reset; empty if there is none,
     * or if it costs more than to refuse what {@link #mayWrite}}
     * For connections of the {@code DataSource} view that are read-only with autocommit on.
     */
    default Optional<String> readOnly(boolean readOnly) {
        return Optional.empty();
    }

    /**
     * {@return what one statement does to the transaction and the session around it; empty if other statements need not know}
     * Unlike {@link #leavesSessionAlone} it is for statements that are refused in the wrong place, so a doubt is answered
     * with nothing.
     *
     * <p>By default it knows the words of transactions and savepoints that are the standard's, PostgreSQL's or SQLite's.
     */
    default Set<StatementTrait> traits(SqlStatement statement) {
        return TransactionWords.traits(statement.words());
    }

    /** {@return whether this statement may write} Asked only where {@link Connector#writeLockKey} says that it matters. */
    default boolean mayWrite(String sql) {
        return true;
    }

    /**
     * Brings the session back to what {@link Connector#initialize} made of it.
     *
     * @return false if that cannot be done, and the connection is to be closed instead
     */
    default boolean reset(Connection connection) throws SQLException {
        return false;
    }
}
