package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.schema.Column;
import dev.mooring.schema.Schema;
import dev.mooring.schema.Table;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The operations that migrations are made of. */
public final class Operations {

    private Operations() {}

    /** {@return the operation that creates a table; its foreign keys may name tables created later in the migration} */
    public static Operation createTable(Table table) {
        return new CreateTable(table);
    }

    /** {@return the operation that drops a table} */
    public static Operation dropTable(String table) {
        return new DropTable(table);
    }

    /** {@return the operation that adds a column, the last} */
    public static Operation addColumn(String table, Column column) {
        return new ChangeTable(table, old -> old.add(column), (editor, old) -> editor.addColumn(old, column));
    }

    /** {@return the operation that gives the column of that name another type, other keys, or other nullability} */
    public static Operation alterColumn(String table, Column column) {
        return new ChangeTable(
                table, old -> old.replace(column), (editor, old) -> editor.alterColumn(old, column.name(), column));
    }

    /** {@return the operation that removes a column} */
    public static Operation removeColumn(String table, String column) {
        return new ChangeTable(table, old -> old.remove(column), (editor, old) -> editor.removeColumn(old, column));
    }

    /** {@return the operation that runs code, for rows rather than tables; in the migration's transaction} */
    public static Operation run(Consumer<Database> code) {
        return new RunCode(code);
    }

    private record CreateTable(Table table) implements Operation {

        @Override
        public Schema nextState(Schema before) {
            return before.add(table);
        }

        @Override
        public void apply(SchemaEditor editor, Schema before, Schema after) {
            editor.createTable(table);
        }
    }

    private record DropTable(String table) implements Operation {

        @Override
        public Schema nextState(Schema before) {
            return before.remove(table);
        }

        @Override
        public void apply(SchemaEditor editor, Schema before, Schema after) {
            editor.dropTable(before.table(table));
        }
    }

    private record ChangeTable(String table, UnaryOperator<Table> change, BiConsumer<SchemaEditor, Table> edit)
            implements Operation {

        @Override
        public Schema nextState(Schema before) {
            return before.replace(change.apply(before.table(table)));
        }

        @Override
        public void apply(SchemaEditor editor, Schema before, Schema after) {
            edit.accept(editor, before.table(table));
        }
    }

    private record RunCode(Consumer<Database> code) implements Operation {

        @Override
        public Schema nextState(Schema before) {
            return before;
        }

        @Override
        public void apply(SchemaEditor editor, Schema before, Schema after) {
            code.accept(editor.database());
        }
    }
}
