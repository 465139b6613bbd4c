package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PostgresIntrospectionTest extends IntrospectionContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }

    @Override
    void addMore(Databases databases) {
        databases.execute("CREATE VIEW seen AS SELECT id, name FROM zoo_animal");
        databases.execute("CREATE MATERIALIZED VIEW kept AS SELECT id, price FROM zoo_animal");
        databases.execute("CREATE TABLE whole (a integer) PARTITION BY RANGE (a)");
        databases.execute("CREATE TABLE part PARTITION OF whole FOR VALUES FROM (1) TO (2)");
        databases.execute("CREATE INDEX lower_name ON zoo_keeper (lower(name))");
        databases.execute("CREATE INDEX facts ON zoo_animal USING gin (facts)");
        databases.execute("CREATE INDEX filled ON zoo_animal (born) WITH (fillfactor = 70)");
        databases.execute("CREATE INDEX blanks ON zoo_animal (big NULLS FIRST)");
        databases.execute("CREATE DOMAIN short AS varchar(7)");
        databases.execute(
                "CREATE TABLE plain (a short NOT NULL, b integer DEFAULT 3, c text DEFAULT 'it''s', d char(3),"
                        + " f integer[], CHECK (b > 1 AND c <> ''), UNIQUE (a, b)) WITH (fillfactor = 80)");
    }

    @Test
    void looksIntoAllSchemasOfTheSearchPath() {
        DatabaseSettings settings = emptyDatabase();
        try (Databases databases = Databases.of(settings)) {
            databases.execute("CREATE SCHEMA extra CREATE TABLE found (id integer PRIMARY KEY, word text)");
            databases.execute("CREATE SCHEMA hidden CREATE TABLE lost (id integer)");
            databases.execute("COMMENT ON TABLE extra.found IS 'not lost'");
            databases.execute("COMMENT ON COLUMN extra.found.word IS 'any'");
            databases.execute("ALTER DATABASE " + settings.name() + " SET search_path = public, extra");
        }
        try (Databases databases = Databases.of(settings)) {
            var introspection = databases.using("default").introspection();

            assertThat(introspection.tables()).containsExactly(new TableInfo("found", TableKind.TABLE, "not lost"));
            assertThat(introspection.columns("found"))
                    .extracting(ColumnInfo::comment)
                    .containsExactly(null, "any");
            assertThat(introspection.primaryKeyColumn("found")).contains("id");
        }
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("That a column is not null is told of the column, and not as a constraint without a kind")
    void listsNoConstraintForNotNull() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            databases.execute("CREATE TABLE t (a integer NOT NULL, b integer CONSTRAINT named NOT NULL,"
                    + " c integer PRIMARY KEY, d integer CHECK (d IS NOT NULL))");
            databases.execute("CREATE TABLE child () INHERITS (t)");
            var introspection = databases.using("default").introspection();

            assertThat(introspection.constraints("t"))
                    .extracting(ConstraintInfo::name)
                    .containsExactlyInAnyOrder("t_pkey", "t_d_check");
            assertThat(introspection.constraints("child"))
                    .extracting(ConstraintInfo::name)
                    .containsExactly("t_d_check");
            assertThat(introspection.columns("t"))
                    .extracting(ColumnInfo::nullable)
                    .containsExactly(false, false, false, true);
        }
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName(
            "Keys without overlaps, virtual columns, and constraints that are not enforced or not validated are told")
    void tellsWhatIsNewInTheCatalog() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            databases.execute(
                    "CREATE TABLE room (id int4range, during daterange, b integer, v integer GENERATED ALWAYS AS"
                            + " (b * 2) VIRTUAL, CONSTRAINT k PRIMARY KEY (id, during WITHOUT OVERLAPS),"
                            + " CONSTRAINT loose CHECK (b > 0) NOT ENFORCED)");
            databases.execute("CREATE TABLE stay (id int4range, during daterange, CONSTRAINT f FOREIGN KEY"
                    + " (id, PERIOD during) REFERENCES room (id, PERIOD during))");
            databases.execute("ALTER TABLE room ADD CONSTRAINT later NOT NULL b NOT VALID");
            var introspection = databases.using("default").introspection();

            assertThat(introspection.constraints("room"))
                    .extracting(found -> found.name() + found.columns() + found.primaryKey() + found.check())
                    .containsExactlyInAnyOrder("k[id, during]truefalse", "loose[b]falsetrue");
            assertThat(introspection.constraints("stay"))
                    .extracting(found -> found.name() + found.columns() + found.foreignKey())
                    .containsExactly("f[id, during]Target[table=room, column=id]");
            assertThat(introspection.columns("room"))
                    .extracting(ColumnInfo::name, ColumnInfo::primaryKey)
                    .containsExactly(tuple("id", true), tuple("during", true), tuple("b", false), tuple("v", false));
        }
    }

    @Test
    void tellsIdentityColumnsApart() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            databases.execute("CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY, s smallserial, n integer)");
            var introspection = databases.using("default").introspection();

            assertThat(introspection.columns("t"))
                    .extracting(introspection::fieldType)
                    .containsExactly("BigAutoField", "SmallAutoField", "IntegerField");
            assertThat(introspection.sequences("t"))
                    .containsExactly(new SequenceInfo("t_id_seq", "t", "id"), new SequenceInfo("t_s_seq", "t", "s"));
        }
    }
}
