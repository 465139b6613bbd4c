package dev.mooring.mariadb;

import static dev.mooring.schema.ColumnType.INTEGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.NotSupportedException;
import dev.mooring.schema.CheckConstraint;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.spi.SchemaGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Schema statements of MariaDB are Django's")
class MariadbSchemaGeneratorTest {

    private final SchemaGenerator generator = new MariadbBackendProvider()
            .create(DatabaseSettings.builder("default")
                    .engine("mariadb")
                    .name("shop")
                    .build())
            .schemaGenerator();

    @Test
    @DisplayName("A table has its keys and checks, and an index for what no foreign key has one for")
    void createsATable() {
        Table book = Table.of(
                        "book",
                        Column.bigAuto("id"),
                        Column.of("title", ColumnType.varchar(50)).unique(),
                        Column.of("pages", ColumnType.POSITIVE_INTEGER).indexed(),
                        Column.of("story", ColumnType.TEXT).indexed(),
                        Column.of("at", ColumnType.TIMESTAMP).nullable(),
                        Column.of("author_id", INTEGER).references("author", "id"))
                .with(new CheckConstraint("long", "\"pages\" > 0 AND \"title\" <> '\"pages\"'"));

        assertThat(generator.createTable(book))
                .containsExactly(
                        "CREATE TABLE `book` (`id` bigint AUTO_INCREMENT NOT NULL PRIMARY KEY, `title` varchar(50) NOT NULL"
                                + " UNIQUE, `pages` integer UNSIGNED NOT NULL CHECK (`pages` >= 0), `story` longtext NOT NULL,"
                                + " `at` datetime(6) NULL, `author_id` integer NOT NULL, CONSTRAINT `long` CHECK (`pages` > 0 AND"
                                + " `title` <> '\"pages\"'))",
                        "CREATE INDEX `book_pages_6781085d` ON `book` (`pages`)");
        assertThat(generator.addForeignKeys(book))
                .containsExactly("ALTER TABLE `book` ADD CONSTRAINT `book_author_id_c4d52965_fk_author_id` FOREIGN KEY"
                        + " (`author_id`) REFERENCES `author` (`id`)");
    }

    @Test
    @DisplayName("An index with a condition is refused by its name")
    void refusesPartialIndexes() {
        Index index = Index.on("a").where("a > 0").named("some");

        assertThatExceptionOfType(NotSupportedException.class)
                .isThrownBy(() -> generator.addIndex(Table.of("t", Column.of("a", INTEGER)), index))
                .withMessage(
                        "MariaDB has no index on a part of the rows, so that the index \"some\" cannot be made; leave"
                                + " its condition out");
    }

    @Test
    @DisplayName("A default value is dropped once all rows have it, and a long text is written by an UPDATE")
    void addsColumnsWithDefaults() {
        Table before = Table.of("t", Column.auto("id"));
        Table number = before.add(Column.of("n", INTEGER).defaultValue(7));
        Table text = before.add(Column.of("x", ColumnType.TEXT).defaultValue("it's \\"));

        assertThat(generator.addColumn(TableChange.of(before, number), "n"))
                .containsExactly(
                        "ALTER TABLE `t` ADD COLUMN `n` integer DEFAULT 7 NOT NULL",
                        "ALTER TABLE `t` ALTER COLUMN `n` DROP DEFAULT");
        assertThat(generator.addColumn(TableChange.of(before, text), "x"))
                .containsExactly(
                        "ALTER TABLE `t` ADD COLUMN `x` longtext NULL",
                        "UPDATE `t` SET `x` = 'it''s \\\\'",
                        "ALTER TABLE `t` MODIFY `x` longtext NOT NULL");
    }
}
