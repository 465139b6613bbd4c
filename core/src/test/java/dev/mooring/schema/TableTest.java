package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = Table.of(
                    "book",
                    Column.auto("id"),
                    Column.of("title", ColumnType.varchar(50)),
                    Column.of("author_id", ColumnType.INTEGER).references("author", "id"))
            .unique("author_id", "title");

    @Test
    void keepsItsOrderWhenAColumnIsReplaced() {
        Table longer = table.replace(Column.of("title", ColumnType.varchar(200)));

        assertThat(longer.columns()).extracting(Column::name).containsExactly("id", "title", "author_id");
        assertThat(longer.column("title").type()).isEqualTo(ColumnType.varchar(200));
    }

    @Test
    void isNotChangedByItsChangedCopies() {
        table.add(Column.of("year", ColumnType.INTEGER)).replace(Column.of("title", ColumnType.TEXT));

        assertThat(table.columns()).extracting(Column::name).containsExactly("id", "title", "author_id");
        assertThat(table.column("title").type()).isEqualTo(ColumnType.varchar(50));
    }

    @Test
    void keepsAColumnThatAConstraintNeeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.remove("title"))
                .withMessageContaining("book needs its column title");
    }

    @Test
    void namesTheColumnsItHasWhenAskedForAnother() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.column("titel"))
                .withMessage("Table book has no column titel, only [id, title, author_id]");
    }

    @Test
    void indexesAForeignKeyUnlessItIsUnique() {
        Table unique = Table.of(
                "profile",
                Column.of("user_id", ColumnType.INTEGER)
                        .references("user", "id")
                        .unique());

        assertThat(table.indexes())
                .singleElement()
                .extracting(Index::columns)
                .asString()
                .isEqualTo("[author_id]");
        assertThat(unique.indexes()).isEmpty();
    }
}
