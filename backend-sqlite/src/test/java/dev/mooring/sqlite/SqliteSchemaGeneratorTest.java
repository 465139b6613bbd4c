package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import dev.mooring.spi.SchemaGenerator;
import org.junit.jupiter.api.Test;

class SqliteSchemaGeneratorTest {

    private final SchemaGenerator generator = new SqliteSchemaGenerator();
    private final Table table = Table.of(
            "book",
            Column.auto("id"),
            Column.of("title", ColumnType.varchar(50)).unique(),
            Column.of("author_id", ColumnType.INTEGER)
                    .references("author", "id")
                    .nullable());

    @Test
    void writesForeignKeysIntoTheTable() {
        assertThat(generator.createTable(table))
                .containsExactly(
                        "CREATE TABLE \"book\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT,"
                                + " \"title\" varchar(50) NOT NULL UNIQUE, \"author_id\" integer NULL"
                                + " REFERENCES \"author\" (\"id\") DEFERRABLE INITIALLY DEFERRED)",
                        "CREATE INDEX \"book_author_id_c4d52965\" ON \"book\" (\"author_id\")");
        assertThat(generator.addForeignKeys(table)).isEmpty();
    }

    @Test
    void rebuildsATableWithTheAlteredColumnLast() {
        Table after = table.replace(Column.of("title", ColumnType.varchar(200)).unique());

        assertThat(generator.alterColumn(table, after, "title"))
                .containsExactly(
                        "CREATE TABLE \"new__book\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT,"
                                + " \"author_id\" integer NULL REFERENCES \"author\" (\"id\")"
                                + " DEFERRABLE INITIALLY DEFERRED, \"title\" varchar(200) NOT NULL UNIQUE)",
                        "INSERT INTO \"new__book\" (\"id\", \"author_id\", \"title\")"
                                + " SELECT \"id\", \"author_id\", \"title\" FROM \"book\"",
                        "DROP TABLE \"book\"",
                        "ALTER TABLE \"new__book\" RENAME TO \"book\"",
                        "CREATE INDEX \"book_author_id_c4d52965\" ON \"book\" (\"author_id\")");
    }

    @Test
    void copiesOnlyTheColumnsThatAreInBothTables() {
        Table after = table.add(Column.of("year", ColumnType.INTEGER).nullable());

        assertThat(generator.addColumn(table, after, "year"))
                .contains("INSERT INTO \"new__book\" (\"id\", \"title\", \"author_id\")"
                        + " SELECT \"id\", \"title\", \"author_id\" FROM \"book\"");
        assertThat(generator.removeColumn(after, table, "year"))
                .contains("INSERT INTO \"new__book\" (\"id\", \"title\", \"author_id\")"
                        + " SELECT \"id\", \"title\", \"author_id\" FROM \"book\"");
    }
}
