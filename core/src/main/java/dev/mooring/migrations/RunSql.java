package dev.mooring.migrations;

import dev.mooring.error.DatabaseException;
import dev.mooring.schema.Schema;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements as they are written: Django's {@code RunSQL}. The tables it makes are known to the database only. */
record RunSql(List<SqlStatement> forwards, @Nullable List<SqlStatement> backwards) implements Operation {

    @Override
    public Schema nextState(Schema before) {
        return before;
    }

    @Override
    public void apply(SchemaEditor editor, Schema before, Schema after) {
        forwards.forEach(statement -> run(editor, statement));
    }

    @Override
    public boolean isReversible() {
        return backwards != null;
    }

    @Override
    public void reverse(SchemaEditor editor, Schema before, Schema after) {
        if (backwards == null) {
            throw Operation.irreversible(this);
        }
        backwards.forEach(statement -> run(editor, statement));
    }

    @Override
    public String describe() {
        return forwards.isEmpty()
                ? "run SQL to undo only"
                : "run the SQL of " + forwards.get(0).source();
    }

    private static void run(SchemaEditor editor, SqlStatement statement) {
        try {
            editor.execute(List.of(statement.sql()));
        } catch (DatabaseException e) {
            if (e.getCause() instanceof SQLException driver) {
                throw editor.database()
                        .backend()
                        .errorClassifier()
                        .classify(driver)
                        .kind()
                        .exception(statement.place() + ": " + e.getMessage(), driver);
            }
            throw e;
        }
    }
}
