package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.schema.Column;
import dev.mooring.schema.Schema;
import dev.mooring.schema.Table;
import dev.mooring.spi.SchemaGenerator;
import java.util.List;
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
        return new ChangeColumn(table, column.name(), old -> old.add(column), SchemaGenerator::addColumn);
    }

    /** {@return the operation that gives the column of that name another type, or other nullability} */
    public static Operation alterColumn(String table, Column column) {
        return new ChangeColumn(table, column.name(), old -> old.replace(column), SchemaGenerator::alterColumn);
    }

    /** {@return the operation that removes a column} */
    public static Operation removeColumn(String table, String column) {
        return new ChangeColumn(table, column, old -> old.remove(column), SchemaGenerator::removeColumn);
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
            editor.execute(editor.generator().createTable(table));
            editor.defer(editor.generator().addForeignKeys(table));
        }
    }

    private record DropTable(String table) implements Operation {

        @Override
        public Schema nextState(Schema before) {
            return before.remove(table);
        }

        @Override
        public void apply(SchemaEditor editor, Schema before, Schema after) {
            editor.execute(editor.generator().dropTable(before.table(table)));
        }
    }

    private record ChangeColumn(String table, String column, UnaryOperator<Table> change, Writer writer)
            implements Operation {

        @Override
        public Schema nextState(Schema before) {
            return before.replace(change.apply(before.table(table)));
        }

        @Override
        public void apply(SchemaEditor editor, Schema before, Schema after) {
            editor.execute(writer.write(editor.generator(), before.table(table), after.table(table), column));
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

    @FunctionalInterface
    private interface Writer {
        List<String> write(SchemaGenerator generator, Table before, Table after, String column);
    }
}
