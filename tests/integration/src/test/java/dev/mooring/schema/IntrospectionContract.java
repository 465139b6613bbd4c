package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.django.RealDjango;
import dev.mooring.error.ProgrammingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What introspection says of a database, on one kind of it. */
abstract class IntrospectionContract {

    /** {@return a new, empty database} */
    abstract DatabaseSettings emptyDatabase();

    /** Makes what Django cannot. */
    abstract void addMore(Databases databases);

    @Test
    void saysWhatDjangoSaysOfTheTablesThatDjangoMade(TestInfo test) {
        RealDjango django = RealDjango.require(test).with("django.contrib.admin", "zoo");
        DatabaseSettings settings = emptyDatabase();
        succeed(django.manage(settings, "migrate", "--run-syncdb", "--skip-checks", "-v0"));
        try (Databases databases = Databases.of(settings)) {
            addMore(databases);
            RealDjango.Outcome told =
                    django.script(settings, "import mooring_introspection; mooring_introspection.tell()");
            succeed(told);

            assertThat(IntrospectionLines.of(databases.using("default")))
                    .isEqualTo(List.of(told.output().split("\n")))
                    .hasSizeGreaterThan(150);
        }
    }

    @Test
    void findsNamesThatHaveToBeQuoted() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            databases.execute("CREATE TABLE \"a \"\"b\"\" %\" (\"select\" integer PRIMARY KEY, \"Ä'\" integer UNIQUE)");
            var introspection = databases.using("default").introspection();

            assertThat(introspection.tableNames()).containsExactly("a \"b\" %");
            assertThat(introspection.columns("a \"b\" %"))
                    .extracting(ColumnInfo::name)
                    .containsExactly("select", "Ä'");
            assertThat(introspection.primaryKeyColumn("a \"b\" %")).contains("select");
            assertThat(introspection.constraints("a \"b\" %"))
                    .filteredOn(ConstraintInfo::unique)
                    .extracting(found -> found.columns().get(0))
                    .contains("Ä'");
        }
    }

    @Test
    void tellsAllColumnsOfAKey() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            databases.execute("CREATE TABLE pair (a integer, b integer, c integer, PRIMARY KEY (c, a))");

            assertThat(databases.using("default").introspection().primaryKeyColumns("pair"))
                    .containsExactly("c", "a");
        }
    }

    @Test
    void tellsWhichColumnsOfAnIndexDescend() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            databases.execute("CREATE TABLE pair (a integer, b integer)");
            databases.execute("CREATE INDEX sorted ON pair (a, b DESC)");

            assertThat(databases.using("default").introspection().constraints("pair"))
                    .extracting(ConstraintInfo::orders)
                    .containsExactly(List.of("ASC", "DESC"));
        }
    }

    @Test
    void tellsWhatBecomesOfARowWhenTheOneItRefersToIsDeleted() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            databases.execute("CREATE TABLE keeper (id integer PRIMARY KEY)");
            databases.execute("CREATE TABLE animal (id integer PRIMARY KEY,"
                    + " a integer REFERENCES keeper (id) ON DELETE CASCADE,"
                    + " b integer REFERENCES " + primaryKeyOf("keeper") + " ON DELETE SET NULL,"
                    + " c integer REFERENCES " + primaryKeyOf("keeper") + ")");

            assertThat(databases.using("default").introspection().relations("animal"))
                    .containsExactlyInAnyOrder(
                            new RelationInfo("a", "keeper", "id", RelationInfo.OnDelete.CASCADE),
                            new RelationInfo("b", "keeper", "id", RelationInfo.OnDelete.SET_NULL),
                            new RelationInfo("c", "keeper", "id", withoutRule()));
        }
    }

    /** {@return the target of a foreign key that is the primary key, {@code id}} Not naming it is the other way to say so. */
    String primaryKeyOf(String table) {
        return table;
    }

    /** {@return what a foreign key does that says nothing of it} */
    RelationInfo.OnDelete withoutRule() {
        return RelationInfo.OnDelete.NO_ACTION;
    }

    @Test
    void saysWhichTablesThereAreWhenAskedForAnother() {
        try (Databases databases = Databases.of(emptyDatabase())) {
            databases.execute("CREATE TABLE keeper (id integer PRIMARY KEY)");

            assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> databases.using("default").introspection().columns("keepers"))
                    .withMessage("Database 'default' has no table or view \"keepers\"; it has [keeper]");
            assertThat(databases.using("default").introspection().constraints("keepers"))
                    .isEmpty();
        }
    }

    private static void succeed(RealDjango.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }
}
