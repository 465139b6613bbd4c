package dev.mooring.kit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.spi.Dialect;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Names of tables and columns: how they are quoted, and how the introspector finds them. */
public abstract class NamesContract extends Contract {

    private static final List<String> NAMES = List.of("order", "two words", "dash-ed", "UPPER", "a'b", "a\"b", "a`b");

    /** For subclasses. */
    protected NamesContract() {}

    /** A database of its own, for there is to be nothing else in it. */
    @Override
    protected DatabaseSettingsBuilder settings() {
        return backend().emptyDatabase(directory).toBuilder();
    }

    @Test
    @DisplayName("NMS-01 A name that is quoted is that of a table or a column, whatever is in it")
    void quotesNames() {
        for (String name : NAMES) {
            String quoted = dialect().quoteName(name);
            databases.execute("CREATE TABLE " + quoted + " (" + quoted + " integer)");
            databases.execute("INSERT INTO " + quoted + " (" + quoted + ") VALUES (7)");
            assertThat(databases
                            .query(Integer.class, "SELECT " + quoted + " FROM " + quoted)
                            .one())
                    .as(name)
                    .isEqualTo(7);
            databases.execute("DROP TABLE " + quoted);
        }
    }

    @Test
    @DisplayName("NMS-02 The introspector lists the tables that are there, and views if it is asked for them")
    void listsTables() {
        assertThat(databases.using("default").introspection().tableNames()).isEmpty();
        databases.execute("CREATE TABLE first_table (id integer)");
        databases.execute("CREATE TABLE second_table (id integer)");
        databases.execute("CREATE VIEW a_view AS SELECT id FROM first_table");

        assertThat(databases.using("default").introspection().tableNames())
                .containsExactlyInAnyOrder("first_table", "second_table");
        assertThat(databases.using("default").introspection().tableAndViewNames())
                .containsExactlyInAnyOrder("first_table", "second_table", "a_view");
    }

    @Test
    @DisplayName("NMS-03 Quotes, comments and literals hide no placeholder, and what looks like one in them is none")
    void findsPlaceholders() {
        assertThat(databases
                        .query(
                                String.class,
                                "SELECT '%%s' /* %%s */ -- %%s\n FROM (SELECT 1 AS a) AS t WHERE a = %s AND a < %s",
                                1,
                                2)
                        .one())
                .isEqualTo("%s");
    }

    private Dialect dialect() {
        return databases.using("default").backend().dialect();
    }
}
