package dev.mooring.migrations;

import dev.mooring.Introspection;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import java.util.List;

/** What a schema editor knows of the tables besides their models: what their constraints and indexes are called. */
interface KnownTables {

    /** {@return the change of a table, with what is known of the table before} */
    TableChange change(Table before, Table after);

    /** The statements that create a table were run or collected. */
    default void created(Table table) {}

    /** The statements that drop a table were run or collected. */
    default void dropped(Table table) {}

    /** The statements that give a table another name were run or collected. */
    default void renamed(Table before, Table after) {}

    /** The statements that change a table were run or collected. */
    default void changed(Table before, Table after, List<String> statements) {}

    /** {@return what the database says when it is asked: enough where every statement is run at once} */
    static KnownTables of(Introspection present) {
        return (before, after) -> new TableChange(
                before,
                after,
                present.columns(before.name()),
                present.constraints(before.name()),
                present.attachments(before.name()));
    }
}
