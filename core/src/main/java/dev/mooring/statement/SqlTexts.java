package dev.mooring.statement;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.Backend;
import dev.mooring.spi.SqlClauses;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.SqlSyntax.Rule;
import dev.mooring.spi.SqlTokens;
import dev.mooring.spi.SqlTokens.Kind;
import java.util.List;
import java.util.Set;

/** Remembers how the statements of one database read, those used recently: programs repeat themselves. Thread-safe. */
final class SqlTexts {

    /** For each of the three ways to read a text: some ten thousand statements of an ordinary length. */
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    /** What a statement with RETURNING begins with. */
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge", "replace", "with");

    private static final Set<String> READS = Set.of("select", "values", "table");

    private final String alias;
    private final Backend backend;
    private final SqlSyntax syntax;
    private final RecentTexts plain = new RecentTexts(MAX_BYTES);
    private final RecentTexts withParameters = new RecentTexts(MAX_BYTES);
    private final RecentTexts forDriver = new RecentTexts(MAX_BYTES);

    SqlTexts(String alias, Backend backend) {
        this.alias = alias;
        this.backend = backend;
        this.syntax = backend.dialect().syntax();
    }

    /** {@return the reading of {@code sql}; a percent sign is itself unless there are parameters} */
    public SqlText parse(String sql, boolean parameters) {
        RecentTexts known = parameters ? withParameters : plain;
        SqlText text = known.get(sql);
        if (text == null) {
            requireStatement(sql);
            text = new PlaceholderParser(sql, parameters, backend.dialect())
                    .parse(leavesSessionAlone(sql), mayWrite(sql))
                    .with(use(sql));
            requireWhole(text.sql(), sql);
            refuseParametersOfTheDatabase(text, sql);
            text = withResults(text);
            known.put(sql, text);
        }
        return text;
    }

    /** {@return the reading of a statement that goes to the driver as it is, placeholders and all} */
    SqlText parseForDriver(String sql) {
        SqlText text = forDriver.get(sql);
        if (text == null) {
            PlaceholderParser.refuseNul(sql);
            if (!backend.dialect().runsEmpty()) {
                requireStatement(sql);
            }
            requireWhole(sql, sql);
            text = new SqlText(sql, ownParameters(sql), List.of(), leavesSessionAlone(sql), mayWrite(sql))
                    .with(use(sql));
            text = withResults(text);
            forDriver.put(sql, text);
        }
        return text;
    }

    /** Databases differ: one takes it for a success, another's driver fails in a way that costs the connection. */
    private void requireStatement(String sql) {
        if (backend.dialect().isEmpty(sql)) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The statement is empty: it holds nothing but blanks, comments and semicolons; give it an SQL command, or leave the call out; statement on database '%s': '%s'"
                            .formatted(alias, ErrorTranslator.shortened(sql)));
        }
    }

    private void requireWhole(String forDriver, String sql) {
        if (!backend.dialect().runsWhole(forDriver)) {
            throw ErrorKind.PROGRAMMING.exception(
                    ("The text holds several statements, which the driver of database '%s' may not run whole; run one"
                                    + " statement in each call; statement: %s")
                            .formatted(alias, ErrorTranslator.shortened(sql)));
        }
    }

    /**
     * Refuses parameters in the database's own notation, such as {@code ?1} and {@code :name} on SQLite and {@code $1} on
     * PostgreSQL, which nobody binds: SQLite would take them for NULL, PostgreSQL for one of ours. In PREPARE and CREATE
     * FUNCTION they belong to what is defined.
     */
    private void refuseParametersOfTheDatabase(SqlText text, String sql) {
        int marks = 0;
        SqlTokens tokens = syntax.tokens(text.sql());
        while (tokens.next()) {
            if (tokens.kind() == Kind.PARAMETER) {
                boolean ours = tokens.token().equals("?") && ++marks <= text.parameters();
                if (!ours && (text.parameters() > 0 || takesParameters(text))) {
                    throw ErrorKind.PROGRAMMING.exception(
                            ("The statement has the placeholder '%s', for which there is no value; write %%s for each "
                                            + "parameter, or %%(name)s; statement on database '%s': %s")
                                    .formatted(tokens.token(), alias, ErrorTranslator.shortened(sql)));
                }
            }
        }
    }

    /** {@return whether a parameter in {@code text} is one of the statement itself, and not of what it defines} */
    private boolean takesParameters(SqlText text) {
        List<SqlStatement> statements = syntax.statements(text.sql());
        return syntax.has(Rule.NAMED_PARAMETERS)
                || (!statements.isEmpty()
                        && (CHANGES.contains(statements.get(0).firstWord())
                                || READS.contains(statements.get(0).firstWord())));
    }

    /** {@return how many parameters {@code sql} has that the driver would take for NULL if nobody set them} */
    private int ownParameters(String sql) {
        int count = 0;
        if (syntax.has(Rule.NAMED_PARAMETERS)) {
            SqlTokens tokens = syntax.tokens(sql);
            while (tokens.next()) {
                count += tokens.kind() == Kind.PARAMETER ? 1 : 0;
            }
        }
        return count;
    }

    private SqlText withResults(SqlText text) {
        List<SqlStatement> statements = syntax.statements(text.sql());
        if (statements.isEmpty()) {
            return text;
        }
        SqlStatement last = statements.get(statements.size() - 1);
        return text.withResults(
                statements.size(),
                SqlClauses.returnsChanged(syntax, last.text()),
                backend.connector().countsChanges(last));
    }

    private boolean leavesSessionAlone(String sql) {
        return backend.sessionRules().leavesSessionAlone(sql);
    }

    private SessionUse use(String sql) {
        return SessionUse.of(syntax.statements(sql), backend.sessionRules());
    }

    private boolean mayWrite(String sql) {
        return backend.sessionRules().mayWrite(sql);
    }
}
