package dev.mooring.example.h2;

import dev.mooring.spi.SessionRules;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.StatementTrait;
import java.util.Map;
import java.util.Set;

/** What a session of H2 remembers is not reset: a connection whose session was changed is closed. */
final class H2SessionRules implements SessionRules {

    private static final Set<String> COMMITTING =
            Set.of("create", "alter", "drop", "truncate", "rename", "grant", "revoke", "comment", "analyze");
    private static final Set<String> SEQUENCES = Set.of("set", "nextval", "currval");
    private static final Set<String> TEMPORARY = Set.of("temporary", "temp", "local");

    private final SessionRules words = SessionRules.byWords(
            H2BackendProvider.SYNTAX,
            Map.ofEntries(
                    Map.entry("select", Set.of()),
                    Map.entry("values", Set.of()),
                    Map.entry("with", Set.of()),
                    Map.entry("explain", Set.of()),
                    Map.entry("insert", Set.of()),
                    Map.entry("update", Set.of()),
                    Map.entry("delete", Set.of()),
                    Map.entry("merge", Set.of()),
                    Map.entry("truncate", Set.of()),
                    Map.entry("create", TEMPORARY),
                    Map.entry("alter", SEQUENCES),
                    Map.entry("drop", Set.of())));

    /** {@code @name := value} and {@code set(@name, value)} give a value to a variable of the session. */
    @Override
    public boolean leavesSessionAlone(String sql) {
        return words.leavesSessionAlone(sql) && !sql.contains("@");
    }

    @Override
    public Set<StatementTrait> traits(SqlStatement statement) {
        Set<StatementTrait> traits = SessionRules.super.traits(statement);
        if (traits.isEmpty() && COMMITTING.contains(statement.firstWord())) {
            return Set.of(StatementTrait.COMMITS_IMPLICITLY);
        }
        return traits;
    }
}
