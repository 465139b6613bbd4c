package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.transactions.RequiresMariadb;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresMariadb
class MariadbIntrospectionTest extends IntrospectionContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadbWithAnsiQuotes();
    }

    @Override
    void addMore(Databases databases) {
        databases.execute("CREATE VIEW seen AS SELECT id, name FROM zoo_animal");
        databases.execute(
                "CREATE TABLE plain (a varchar(7) NOT NULL, b integer DEFAULT 3, c varchar(20) DEFAULT 'it''s', d"
                        + " char(3), e double, f float, g time(3), h timestamp NULL, i year, j decimal(5, 2) unsigned, k"
                        + " mediumint, l tinyint, m longblob, n enum('x', 'y'), o varchar(5) COLLATE utf8mb4_bin,"
                        + " CONSTRAINT both_columns CHECK (b > 1 AND c <> ''), UNIQUE (a, b)) COMMENT 'a table'");
        databases.execute("CREATE FULLTEXT INDEX words ON plain (c)");
    }

    /** The server wants the column named. */
    @Override
    String primaryKeyOf(String table) {
        return table + " (id)";
    }

    @Override
    RelationInfo.OnDelete withoutRule() {
        return RelationInfo.OnDelete.RESTRICT;
    }

    @ParameterizedTest
    @CsvSource({"twin, Twin", "cafe, café"})
    void keepsTablesApartWhoseNamesDifferInCaseOrAccents(String name, String other) {
        try (Databases databases = Databases.of(emptyDatabase())) {
            create(databases, name, "first", "parent");
            create(databases, other, "second", "Parent");
            var introspection = databases.using("default").introspection();

            assertThat(introspection.columns(name))
                    .extracting(ColumnInfo::name)
                    .containsExactly("id", "parent_id", "first");
            assertThat(introspection.columns(name))
                    .extracting(ColumnInfo::jsonConstraint)
                    .containsExactly(false, false, true);
            assertThat(introspection.columns(other))
                    .extracting(ColumnInfo::name)
                    .containsExactly("id", "parent_id", "second");
            assertThat(introspection.relations(other))
                    .containsExactly(new RelationInfo("parent_id", "Parent", "id", RelationInfo.OnDelete.CASCADE));
            assertThat(introspection.constraints(name))
                    .extracting(ConstraintInfo::name)
                    .containsExactlyInAnyOrder("PRIMARY", "key of first", "__unnamed_constraint_1__");
            assertThat(introspection.attachments(other))
                    .extracting(Attachment::name)
                    .containsExactly("trigger of second");
            assertThat(introspection.primaryKeyColumns(name)).containsExactly("id");
        }
    }

    private static void create(Databases databases, String table, String column, String parent) {
        databases.execute("CREATE TABLE \"" + parent + "\" (id integer PRIMARY KEY)");
        databases.execute("CREATE TABLE \"" + table + "\" (id integer PRIMARY KEY, parent_id integer, \"" + column
                + "\" json, CONSTRAINT \"key of " + column + "\" FOREIGN KEY (parent_id) REFERENCES \"" + parent
                + "\" (id) ON DELETE CASCADE)");
        databases.execute("CREATE TRIGGER \"trigger of " + column + "\" BEFORE DELETE ON \"" + table
                + "\" FOR EACH ROW SET @deleted = 1");
    }
}
