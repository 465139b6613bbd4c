package dev.mooring.cursors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.engines.OnPostgres;
import dev.mooring.kit.contracts.CursorContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresCursorTest extends CursorContract implements OnPostgres {

    @Test
    void takesAQuestionMarkForAnOperator() {
        String document = "{\"a\": 1, \"b\": 2}";

        assertThat(databases
                        .query("SELECT %s::jsonb ? %s AS has", document, "a")
                        .get(0)
                        .getBoolean("has"))
                .isTrue();
        assertThat(databases
                        .query("SELECT %s::jsonb ?| %s AS has", document, List.of("x", "b"))
                        .get(0)
                        .getBoolean("has"))
                .isTrue();
        assertThat(databases
                        .query("SELECT %s::jsonb ?& %s AS has", document, List.of("x", "b"))
                        .get(0)
                        .getBoolean("has"))
                .isFalse();
        assertThat(databases
                        .query("SELECT '{\"a\": 1}'::jsonb ? 'a' AS has")
                        .get(0)
                        .getBoolean("has"))
                .isTrue();
    }

    @Test
    void takesAListForAnArray() {
        databases.execute("INSERT INTO person VALUES (1, 'Ada', 36), (2, 'Bob', 40), (3, 'Cy', 50)");

        assertThat(databases.query(Person.class, "SELECT * FROM person WHERE id = ANY(%s) ORDER BY id", List.of(1, 3)))
                .extracting(Person::firstName)
                .containsExactly("Ada", "Cy");
    }
}
