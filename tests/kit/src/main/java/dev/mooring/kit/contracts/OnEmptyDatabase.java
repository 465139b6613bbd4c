package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Database;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.NotSupportedException;
import dev.mooring.migrations.SchemaEditor;
import dev.mooring.schema.Column;
import dev.mooring.schema.Table;
import dev.mooring.spi.Feature;
import java.util.List;

/** A contract about changes of the schema, in a database with no tables. */
abstract class OnEmptyDatabase extends Contract {

    @Override
    protected DatabaseSettingsBuilder settings() {
        return backend().emptyDatabase(directory).toBuilder();
    }

    final Database database() {
        return databases.using(DatabaseSettings.DEFAULT_ALIAS);
    }

    final List<String> tableNames() {
        return database().tableNames();
    }

    /** {@return whether a change of the schema is undone with its transaction} */
    final boolean undoesChanges() {
        return database().backend().features().has(Feature.TRANSACTIONAL_DDL);
    }

    /** {@return whether the backend does not change the schema} It has to refuse by name, and to leave nothing. */
    final boolean refusesChanges() {
        Table probe = Table.of("probe", Column.auto("id"));
        if (catchThrowable(() -> database().backend().schemaGenerator().createTable(probe)) == null) {
            return false;
        }
        assertThat(catchThrowable(() -> SchemaEditor.apply(database(), editor -> editor.createTable(probe))))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("create a table");
        assertThat(tableNames()).isEmpty();
        return true;
    }
}
