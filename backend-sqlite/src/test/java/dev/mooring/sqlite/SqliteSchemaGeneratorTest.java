package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.spi.SchemaGenerator;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SqliteSchemaGeneratorTest {

    private final SchemaGenerator generator =
            new SqliteSchemaGenerator(new SqliteColumns(new SqliteValueCodec(ZoneOffset.UTC)));
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

        assertThat(generator.alterColumn(TableChange.of(table, after), "title", "title"))
                .containsExactly(
                        "CREATE TABLE \"new__book\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT,"
                                + " \"author_id\" integer NULL REFERENCES \"author\" (\"id\")"
                                + " DEFERRABLE INITIALLY DEFERRED, \"title\" varchar(200) NOT NULL UNIQUE)",
                        "INSERT INTO sqlite_sequence (name, seq) SELECT 'new__book', seq FROM sqlite_sequence"
                                + " WHERE name COLLATE NOCASE = 'book'",
                        "INSERT INTO \"new__book\" (\"id\", \"author_id\", \"title\")"
                                + " SELECT \"id\", \"author_id\", \"title\" FROM \"book\"",
                        "DROP TABLE \"book\"",
                        "PRAGMA legacy_alter_table = ON",
                        "ALTER TABLE \"new__book\" RENAME TO \"book\"",
                        "PRAGMA legacy_alter_table = OFF",
                        "CREATE INDEX \"book_author_id_c4d52965\" ON \"book\" (\"author_id\")");
    }

    @Test
    void fillsAnAddedColumnWithItsDefault() {
        Table after = table.add(Column.of("year", ColumnType.INTEGER).defaultValue(1984));

        assertThat(generator.addColumn(TableChange.of(table, after), "year"))
                .contains("INSERT INTO \"new__book\" (\"id\", \"title\", \"author_id\", \"year\")"
                        + " SELECT \"id\", \"title\", \"author_id\", 1984 FROM \"book\"");
    }

    @Test
    void altersATableInPlaceWhereSqliteCan() {
        Table after = table.add(Column.of("year", ColumnType.INTEGER).nullable());

        assertThat(generator.addColumn(TableChange.of(table, after), "year"))
                .containsExactly("ALTER TABLE \"book\" ADD COLUMN \"year\" integer NULL");
        assertThat(generator.removeColumn(TableChange.of(after, table), "year"))
                .containsExactly("ALTER TABLE \"book\" DROP COLUMN \"year\"");
        assertThat(generator.alterColumn(TableChange.of(after, after.renameColumn("year", "jahr")), "year", "jahr"))
                .containsExactly("ALTER TABLE \"book\" RENAME COLUMN \"year\" TO \"jahr\"");
    }
}
