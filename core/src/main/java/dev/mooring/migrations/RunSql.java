package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.error.ProgrammingException;
import dev.mooring.schema.Schema;
import dev.mooring.spi.ErrorClassifier;
import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.SqlSyntax;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements as they are written: Django's {@code RunSQL}. The tables it makes are known to the database only. Databases
 * divide a text differently, so it is read for the one that it is to run in.
 *
 * @param file what errors call the text; null for one that was written in Java, which is called by its migration
 * @param undo another text, which undoes it; null if the first says so itself, behind the line {@code -- reverse}
 */
record RunSql(@Nullable String file, String text, @Nullable String undo) implements Operation {

    @Override
    public Schema nextState(Schema before) {
        return before;
    }

    @Override
    public void apply(SchemaEditor editor, Schema before, Schema after) {
        run(editor, text, script(editor, text).forwards());
    }

    /** Goes by the lines of the text alone; {@link #isReversible(SqlSyntax)} knows better. */
    @Override
    public boolean isReversible() {
        return undo != null || text.lines().anyMatch(line -> ReverseMarker.of(line.strip()) == ReverseMarker.EXACT);
    }

    boolean isReversible(SqlSyntax syntax) {
        return undo != null
                || SqlScript.parse(new SqlSource(describe(), text), syntax).reverse() != null;
    }

    @Override
    public void reverse(SchemaEditor editor, Schema before, Schema after) {
        if (undo != null) {
            run(editor, undo, script(editor, undo).forwards());
            return;
        }
        List<SqlStatement> backwards = script(editor, text).reverse();
        if (backwards == null) {
            throw Operation.irreversible(this);
        }
        run(editor, text, backwards);
    }

    @Override
    public String describe() {
        return text.isBlank() ? "run SQL to undo only" : "run the SQL of " + (file == null ? "the migration" : file);
    }

    /**
     * Makes sure that a database with that syntax can run all of it in that migration.
     *
     * @throws BadMigrationException if not, naming file or migration, and the line
     */
    void check(Migration migration, SqlSyntax syntax) {
        check(migration, syntax, text);
        if (undo != null) {
            check(migration, syntax, undo);
        }
    }

    private void check(Migration migration, SqlSyntax syntax, String sql) {
        SqlSource source = new SqlSource(name(migration), sql);
        SqlScript script = SqlScript.parse(source, syntax);
        SqlHeader.requireAtTop(source, syntax, file != null);
        List<SqlStatement> backwards = script.reverse();
        if (undo != null && backwards != null) {
            throw source.wrong(0, "it has a line '-- reverse', and another text to undo it; leave one");
        }
        ScriptTransactions.check(source, migration, script.forwards());
        ScriptTransactions.check(source, migration, backwards == null ? List.of() : backwards);
    }

    private SqlScript script(SchemaEditor editor, String sql) {
        return SqlScript.parse(
                new SqlSource(name(editor.migration()), sql),
                editor.database().backend().dialect().syntax());
    }

    private String name(@Nullable Migration migration) {
        return file != null ? file : "SQL of migration " + (migration == null ? "?" : migration);
    }

    private void run(SchemaEditor editor, String sql, List<SqlStatement> statements) {
        SqlSource source = new SqlSource(name(editor.migration()), sql);
        if (editor.isCollecting()) {
            statements.forEach(statement -> editor.execute(List.of(statement.text())));
        } else {
            ScriptTransactions.run(
                    editor.database(),
                    statements,
                    statement -> run(editor, source.place(source.line(statement.start())), statement));
        }
    }

    private static void run(SchemaEditor editor, String place, SqlStatement statement) {
        Database database = editor.database();
        try {
            editor.execute(List.of(statement.text()));
        } catch (DatabaseException e) {
            if (e.getCause() instanceof SQLException driver) {
                ErrorClassifier classifier = database.backend().errorClassifier();
                boolean hint = editor.isAtomic() && classifier.refusesTransaction(driver);
                throw classifier
                        .classify(driver)
                        .kind()
                        .exception(place + ": " + e.getMessage() + (hint ? wayOut(editor) : ""), driver);
            }
            // What the layer itself refuses to send has no cause in the driver.
            throw e instanceof ProgrammingException
                    ? ErrorKind.PROGRAMMING.exception(place + ": " + e.getMessage(), e.getCause())
                    : e;
        }
    }

    private static String wayOut(SchemaEditor editor) {
        return "; it runs in no transaction: write '-- atomic: false' at the top of the file, or in Java nonAtomic()"
                + " for the migration " + editor.migration() + ", and leave nothing else in it";
    }
}
